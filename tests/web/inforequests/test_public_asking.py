"""Whoever wants to ask: the guide, the form, its preview and receipt, and what is refused."""

from __future__ import annotations

import logging
import re
from datetime import date

import pytest
from applicant import ORGANISATION, PERSON, PNG, fill_address, identity, key_in, looked_over, sent
from county import County
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from lxml import html

from gongkai.web.agencies.models import Notification
from gongkai.web.inforequests.choices import FileKind
from gongkai.web.inforequests.models import Applicant, DeskSettings, InfoRequest
from gongkai.web.inforequests.services import asking, numbering

BUREAU = "cexi-jiaoyuju"
SCRIPT = "<script>alert(1)</script>"


def _text(response: object) -> str:
    return response.content.decode()


def test_the_guide_names_ways_limits_fees_remedies_and_the_bodies(client: Client, county: County) -> None:
    county.bureau.phone = "0990-1234567"
    county.bureau.save()
    text = _text(client.get("/shenqing/"))
    for words in (
        "20个工作日", "7个工作日", "双方确认之日", "第三十一条第（一）项", "100元/件", "10元/页", "60日",
        "6个月", "测溪县教育局", "0990-1234567", "系统确认申请提交成功之日",
    ):  # fmt: skip
        assert words in text
    assert county.stranger.name not in text


def test_a_bodys_page_says_what_is_so_there(client: Client, county: County) -> None:
    text = _text(client.get(f"/shenqing/{BUREAU}/"))
    assert "复议机关：测溪县人民政府" in text
    assert "传真后请致电" not in text
    assert fill_address(BUREAU) in text
    DeskSettings.objects.create(agency=county.bureau, practice={"online_by_confirmation": True})
    assert "双方确认之日（本机关已公开声明）" in _text(client.get(f"/shenqing/{BUREAU}/"))


@pytest.mark.parametrize("slug", ["yuanshan-shuiliju", "meiyou"])
def test_a_body_without_a_section_takes_no_requests(client: Client, county: County, slug: str) -> None:
    assert county.portal.live
    assert client.get(f"/shenqing/{slug}/").status_code == 404
    assert client.get(fill_address(slug)).status_code == 404


def test_a_body_that_takes_none_online_says_where_to_go(client: Client, county: County) -> None:
    DeskSettings.objects.create(agency=county.bureau, is_open=False)
    text = _text(client.get(fill_address(BUREAU)))
    assert "目前不接受网上申请" in text
    assert "<form" not in text.split("<main")[1]
    assert fill_address(BUREAU) not in _text(client.get("/shenqing/"))
    answer = client.post(fill_address(BUREAU), PERSON | {"buzhou": "tijiao", "key": "k" * 32})
    assert "目前不接受网上申请" in _text(answer)
    assert not InfoRequest.objects.exists()


def test_the_column_and_the_terminal_lead_to_the_guide(client: Client, county: County) -> None:
    assert county.portal.live
    assert f"/shenqing/{BUREAU}/" in _text(client.get(f"/{BUREAU}/yishenqing/"))
    assert f"/shenqing/{BUREAU}/" not in _text(client.get(f"/{BUREAU}/zhinan/"))


def test_a_request_is_sent_registered_and_receipted(client: Client, county: County) -> None:
    answer = sent(client, BUREAU)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/shenqing/huizhi/")
    case = InfoRequest.objects.get()
    assert (case.agency, case.channel, case.applicant_kind, case.kind) == (
        county.bureau, "internet", "natural_person", "request",
    )  # fmt: skip
    assert case.wanted == PERSON["wanted"]
    assert case.applicant.identity_number == PERSON["identity_number"]
    assert [(each.kind, each.by) for each in case.files.all()] == [(FileKind.IDENTITY, None)]
    text = _text(client.get("/shenqing/huizhi/"))
    for words in (case.number, numbering.query_code(case), "系统确认申请提交成功之日"):
        assert words in text
    assert f"{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日" in text
    assert PERSON["identity_number"] not in text
    assert PERSON["name"] not in text


def test_the_office_learns_of_it(client: Client, county: County) -> None:
    sent(client, BUREAU)
    case = InfoRequest.objects.get()
    notification = Notification.objects.get()
    assert notification.agency == county.bureau
    assert case.number in notification.title
    assert PERSON["name"] not in notification.title


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_receipt_is_a_file_too(client: Client, county: County, suffix: str) -> None:
    assert county.portal.live
    sent(client, BUREAU)
    answer = client.get(f"/shenqing/huizhi/huizhi.{suffix}")
    assert answer.content.startswith(b"%PDF" if suffix == "pdf" else b"PK")
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().get(f"/shenqing/huizhi/huizhi.{suffix}").status_code == 404


def test_the_code_is_shown_where_it_was_sent_only(client: Client, county: County) -> None:
    assert county.portal.live
    sent(client, BUREAU)
    case = InfoRequest.objects.get()
    other = Client()
    assert other.get("/shenqing/huizhi/").headers["Location"] == "/shenqing/chaxun/"
    other.post("/shenqing/chaxun/", {"number": case.number, "code": numbering.query_code(case)})
    assert other.get("/shenqing/huizhi/").headers["Location"] == "/shenqing/chaxun/"
    assert numbering.query_code(case) not in _text(other.get("/shenqing/jindu/"))


def test_sent_twice_it_is_one_case_with_its_files_once(client: Client, county: County) -> None:
    assert county.portal.live
    key = key_in(looked_over(client, BUREAU, PERSON))
    for _ in range(2):
        values = PERSON | {"buzhou": "tijiao", "key": key, "identity": identity()}
        assert client.post(fill_address(BUREAU), values).status_code == 302
    assert InfoRequest.objects.count() == 1
    assert InfoRequest.objects.get().files.count() == 1
    assert InfoRequest.objects.get().records.filter(act="register").count() == 1


def test_of_two_sent_at_once_the_later_gets_the_earlier_case(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = asking.Person(name="周晓岚", phone="13900001234")
    facts = {
        "agency": county.bureau, "kind": "request", "applicant_kind": "natural_person", "person": person,
        "wanted": "水质", "medium": "paper", "delivery": "post", "needs_help": False, "uploads": (),
        "submission_key": "k" * 24,
    }  # fmt: skip
    first = asking.submit(**facts)

    def collide(*_: object) -> InfoRequest:
        raise IntegrityError

    monkeypatch.setattr(asking, "_submit", collide)
    assert asking.submit(**facts) == first


def test_an_organisation_asks_by_its_kind_and_code(client: Client, county: County) -> None:
    assert county.portal.live
    page = html.document_fromstring(_text(client.get(fill_address(BUREAU, "?wei=zuzhi"))))
    assert len(page.xpath("//select[@name='applicant_kind']/option[@value!='']")) == 5
    sent(client, BUREAU, ORGANISATION, "?wei=zuzhi")
    case = InfoRequest.objects.get()
    assert (case.applicant_kind, case.applicant.contact_person) == ("business", "林向北")


def test_a_record_of_ones_own_is_corrected_in_its_own_kind_of_case(client: Client, county: County) -> None:
    assert county.portal.live
    evidence = SimpleUploadedFile("zhengju.pdf", b"%PDF-1.7 ...")
    sent(client, BUREAU, None, "?shi=gengzheng", identity=identity(), material=evidence)
    case = InfoRequest.objects.get()
    assert case.kind == "records"
    assert sorted(each.kind for each in case.files.all()) == ["identity", "request"]
    assert "答复期限" not in _text(client.get("/shenqing/huizhi/")).split("<main")[1].split("</main")[0]


def test_an_agent_brings_an_authorisation(client: Client, county: County) -> None:
    assert county.portal.live
    values = PERSON | {"agent_name": "白一鸣", "agent_identity_number": "E12345678"}
    answer = sent(client, BUREAU, values)
    assert "请上传授权委托书" in _text(answer)
    sent(
        client, BUREAU, values, identity=[identity(), identity("daili.png")], authorisation=identity("sq.png")
    )
    case = InfoRequest.objects.get()
    assert case.applicant.agent_name == "白一鸣"
    assert [each.kind for each in case.files.all()] == ["identity", "identity", "authorisation"]
    half = _text(looked_over(client, BUREAU, PERSON | {"agent_name": "白一鸣"}))
    assert "还要填写代理人证件号码" in half


def test_proof_of_identity_may_follow(client: Client, county: County) -> None:
    assert county.portal.live
    answer = sent(client, BUREAU, None, "", material="")
    assert "请上传身份证明" in _text(answer)
    assert not InfoRequest.objects.exists()
    assert sent(client, BUREAU, None, "", later="on").status_code == 302
    assert InfoRequest.objects.get().files.count() == 0


def test_nothing_is_asked_that_the_law_does_not_let_ask(client: Client, county: County) -> None:
    assert county.portal.live
    page = html.document_fromstring(_text(client.get(fill_address(BUREAU))))
    names = set(page.xpath("//main//form//*[@name]/@name"))
    assert names == {
        "csrfmiddlewaretoken", "name", "identity_kind", "identity_number", "phone", "email", "address",
        "agent_name", "agent_identity_number", "wanted", "medium", "delivery", "needs_help", "website",
        "buzhou",
    }  # fmt: skip
    assert page.xpath("//input[@name='name']/@autocomplete") == ["name"]
    assert page.xpath("//input[@name='phone']/@autocomplete") == ["tel"]


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": ""}, "name", "请填写姓名"),
        ({"identity_number": "110101199003071090"}, "identity_number", "居民身份证号码有误"),
        ({"identity_number": "123"}, "identity_number", "居民身份证号码为18位"),
        ({"phone": "", "email": ""}, "phone", "至少填写一项"),
        ({"phone": SCRIPT}, "phone", "电话号码写数字"),
        ({"delivery": "email"}, "email", "请填写电子邮箱"),
        ({"delivery": "post", "medium": "paper"}, "address", "请填写通信地址"),
        ({"medium": "paper"}, "delivery", "纸质、光盘不能在网上取得"),
        ({"medium": "inspection"}, "delivery", "到受理机关领取、查阅"),
        ({"wanted": "  "}, "wanted", "请写明需要什么政府信息"),
        ({"wanted": "水" * 2001}, "wanted", "2000"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_on_top_and_the_rest_kept(
    client: Client, county: County, changed: dict[str, str], field: str, words: str
) -> None:
    assert county.portal.live
    page = html.document_fromstring(_text(looked_over(client, BUREAU, PERSON | changed)))
    summary = page.xpath("//*[@role='alert']//a")
    assert [(link.get("href"), words in link.text_content()) for link in summary] == [(f"#id_{field}", True)]
    wrong = page.xpath("//*[@aria-invalid='true']")[0]
    assert wrong.get("name") == field
    told = wrong.get("aria-describedby").split()
    assert words in " ".join(page.get_element_by_id(name).text_content() for name in told)
    assert page.xpath("//input[@name='name']/@value") == ([PERSON["name"]] if field != "name" else [])
    assert not InfoRequest.objects.exists()


@pytest.mark.parametrize(
    ("kind", "number", "is_right"),
    [
        ("id_card", "11010119900307109X", True),
        ("id_card", "１１０１０１19900307109x", True),
        ("id_card", "110101199003071091", False),
        ("unified_code", "91350100M000100Y43", True),
        ("unified_code", "91350100m000100y43", True),
        ("unified_code", "91350100M000100Y44", False),
        ("unified_code", "9135", False),
        ("passport", "任意", True),
        ("permit", "H123", True),
        ("other", "11010119900307109", True),
    ],
)
def test_numbers_with_a_check_are_checked_others_never(kind: str, number: str, is_right: bool) -> None:
    assert (asking.identity_problem(kind, number) == "") is is_right


def test_the_preview_reads_it_back_and_one_may_go_back(client: Client, county: County) -> None:
    assert county.portal.live
    text = _text(looked_over(client, BUREAU, PERSON))
    assert PERSON["wanted"] in text
    assert "居民身份证" in text
    back = client.post(fill_address(BUREAU), PERSON | {"buzhou": "xiugai"})
    page = html.document_fromstring(_text(back))
    assert page.xpath("//input[@name='phone']/@value") == [PERSON["phone"]]
    assert page.xpath("//*[@role='alert']") == []


def test_the_preview_shows_what_is_public_already(client: Client, county: County) -> None:
    county.document(county.bureau, "2024年农村供水水质检测结果公示", slug="shuizhi")
    county.document(county.bureau, "机关食堂采购公告", slug="shitang")
    text = _text(looked_over(client, BUREAU, PERSON))
    assert "这些已经公开" in text
    assert "/cexi-jiaoyuju/neirong/shuizhi/" in text
    assert "shitang" not in text
    assert "这些已经公开" not in _text(looked_over(client, BUREAU, PERSON | {"wanted": "某人的处分决定"}))


@pytest.mark.parametrize("number", ["测政规〔2024〕7号", "测政规[2024]第7号", "测政规2024年7号"])
def test_a_document_it_names_by_number_is_shown_first(client: Client, county: County, number: str) -> None:
    county.document(county.bureau, "校车安全办法", slug="xiaoche", document_number="测政规〔2024〕7号")
    text = _text(looked_over(client, BUREAU, PERSON | {"wanted": f"请提供{number}文件全文"}))
    assert "/cexi-jiaoyuju/neirong/xiaoche/" in text


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("zheng.exe", b"MZ"), "类型不能上传"),
        (SimpleUploadedFile("zheng.png", b"%PDF-1.7"), "内容与它的类型不符"),
        (SimpleUploadedFile("kong.png", b""), "空文件"),
        (SimpleUploadedFile("da.png", PNG + b"0" * (20 * 1024 * 1024)), "超过20兆字节"),
    ],
)
def test_files_that_cannot_be_kept_are_named_and_nothing_is_registered(
    client: Client, county: County, upload: SimpleUploadedFile, words: str
) -> None:
    assert county.portal.live
    text = _text(sent(client, BUREAU, None, "", identity=upload))
    assert words in text
    assert "请重新选择" in text
    assert not InfoRequest.objects.exists()


def test_no_more_than_five_files_of_a_kind(client: Client, county: County) -> None:
    assert county.portal.live
    many = [identity(f"{number}.png") for number in range(6)]
    assert "最多上传5个文件" in _text(sent(client, BUREAU, None, "", identity=many))
    each = [identity(f"{number}.png") for number in range(5)]
    more = [identity(f"cailiao{number}.png") for number in range(5)]
    assert sent(client, BUREAU, None, "", identity=each, material=more).status_code == 302
    assert InfoRequest.objects.get().files.count() == 10


def test_scripts_in_names_and_texts_stay_text(client: Client, county: County) -> None:
    assert county.portal.live
    values = PERSON | {"name": SCRIPT, "wanted": f"水质{SCRIPT}", "address": '"><img src=x onerror=alert(1)>'}
    preview = _text(looked_over(client, BUREAU, values))
    answer = sent(client, BUREAU, values)
    pages = [preview, _text(client.get("/shenqing/huizhi/")), _text(client.get("/shenqing/jindu/"))]
    assert answer.status_code == 302
    for text in pages:
        assert SCRIPT not in text
        assert "<img src=x" not in text
    assert Applicant.objects.get().name == SCRIPT


def test_what_programs_fill_in_is_refused_in_words_and_nothing_lost(client: Client, county: County) -> None:
    assert county.portal.live
    text = _text(looked_over(client, BUREAU, PERSON | {"website": "http://spam.example"}))
    assert "空白栏请留空" in text
    assert PERSON["phone"] in text


def test_too_many_an_hour_are_told_the_other_ways(client: Client, county: County) -> None:
    assert county.portal.live
    for _ in range(20):
        assert asking.within_limit("127.0.0.1")
    answer = sent(client, BUREAU)
    assert answer.status_code == 429
    assert "当面或者邮寄" in _text(answer)
    assert not InfoRequest.objects.exists()


@pytest.mark.parametrize("key", ["", "short", "a" * 100, "含中文的密钥含中文的密钥含中文的密钥"])
def test_a_key_the_form_did_not_draw_is_not_taken(client: Client, county: County, key: str) -> None:
    assert county.portal.live
    values = PERSON | {"buzhou": "tijiao", "key": key, "identity": identity()}
    assert client.post(fill_address(BUREAU), values).status_code == 200
    assert not InfoRequest.objects.exists()


def test_a_form_from_elsewhere_is_refused(county: County) -> None:
    assert county.portal.live
    strict = Client(enforce_csrf_checks=True)
    values = PERSON | {"buzhou": "tijiao", "key": "k" * 32, "later": "on"}
    assert strict.post(fill_address(BUREAU), values).status_code == 403
    assert not InfoRequest.objects.exists()


def test_nothing_personal_is_in_addresses_or_logs(
    client: Client, county: County, caplog: pytest.LogCaptureFixture
) -> None:
    assert county.portal.live
    caplog.set_level(logging.DEBUG)
    looked_over(client, BUREAU, PERSON | {"identity_number": "123"})
    answer = sent(client, BUREAU)
    client.get(answer.headers["Location"])
    told = caplog.text + answer.headers["Location"]
    for value in (PERSON["name"], PERSON["identity_number"], PERSON["phone"]):
        assert value not in told


@pytest.mark.parametrize("query", ["", "?wei=zuzhi", "?shi=gengzheng"])
def test_nobody_keeps_the_pages(client: Client, county: County, query: str) -> None:
    assert county.portal.live
    for answer in (client.get(fill_address(BUREAU, query)), looked_over(client, BUREAU, PERSON, query)):
        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]


def test_the_day_of_receipt_is_the_day_it_was_sent(client: Client, county: County) -> None:
    assert county.portal.live
    sent(client, BUREAU)
    case = InfoRequest.objects.get()
    assert case.received_on == case.registered_on == date.fromisoformat(str(case.registered_on))
    assert re.search(r"自.*的次日起算20个工作日", _text(client.get("/shenqing/jindu/qixian/")))
