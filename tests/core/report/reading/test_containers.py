"""Archives, mails and saved pages: what comes out of them, under what names, and how much at most."""

from __future__ import annotations

import base64
import os
import signal
from email.message import EmailMessage
from pathlib import Path

import pytest
from packed import mail, raw_mail, zipped
from pages import page

from gongkai.report.reading import NotAReport, Reading, Unreadable, guarded, read, read_all, read_bytes
from gongkai.report.reading.containers import Member, Refused, found, is_container, unpack
from gongkai.report.reading.containers import mail as mails
from gongkai.report.reading.containers.zipped import files_in_zip
from gongkai.report.reading.guarded import Limits, read_guarded, unpack_guarded
from gongkai.samples import make_report, render

REPORT = page().encode()
OTHER = page(title="云岭县人民政府2022年政府信息公开工作年度报告").encode()
NOTE = "报送说明。".encode()


def names(data: bytes, name: str = "") -> list[str]:
    return [each.name for each in unpack(data, name)]


def whys(data: bytes) -> dict[str, str]:
    return {each.name: each.why for each in unpack(data) if isinstance(each, Refused)}


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "utf-8", ""])
def test_chinese_names_are_read_in_whatever_code_they_were_packed(codec: str) -> None:
    assert names(zipped({"全县/石桥镇.txt": REPORT, "说明.txt": NOTE}, codec)) == [
        "全县/石桥镇.txt",
        "说明.txt",
    ]


def test_one_gbk_name_decides_for_those_that_could_be_utf8() -> None:
    ambiguous = "联通汉"  # its last two bytes in GBK are a character of UTF-8 too
    assert names(zipped({f"{ambiguous}.txt": NOTE, "石桥镇.txt": NOTE}, "gbk")) == [
        f"{ambiguous}.txt",
        "石桥镇.txt",
    ]


def test_what_programs_leave_behind_is_passed_over() -> None:
    left = [
        "__MACOSX/._甲.docx",
        ".DS_Store",
        "甲/Thumbs.db",
        "~$甲.docx",
        "甲/",
        "页_files/a.html",
        "标志.svg",
    ]
    assert names(zipped(dict.fromkeys(left, NOTE) | {"甲/报告.txt": REPORT})) == ["甲/报告.txt"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/甲.txt", "etc/甲.txt"),
        ("/srv/甲.txt", "srv/甲.txt"),
        ("C:\\桌面\\甲.txt", "桌面/甲.txt"),
        ("甲\x1b[31m\u202e.txt", "甲[31m.txt"),
        ("..", "未命名"),
        ("甲" * 500 + ".txt", "…" + "甲" * 195 + ".txt"),
    ],
)
def test_a_name_is_shown_and_leads_nowhere(given: str, shown: str) -> None:
    assert found.shown_name(given) == shown


def test_archives_in_archives_are_opened_to_a_depth() -> None:
    assert names(zipped({"乡镇.zip": zipped({"甲镇.zip": zipped({"年报.txt": REPORT})})})) == [
        "乡镇.zip/甲镇.zip/年报.txt"
    ]
    deep = REPORT
    for level in range(found.MAX_DEPTH + 2):
        deep = zipped({"内.zip" if level else "年报.txt": deep})
    assert "嵌套" in whys(deep)["/".join(["内.zip"] * found.MAX_DEPTH)]


def test_a_locked_file_is_named_and_the_others_are_read() -> None:
    locked = zipped({"甲.txt": REPORT, "乙.txt": REPORT}, flag=1)
    assert all("密码" in why for why in whys(locked).values()) and set(whys(locked)) == {"甲.txt", "乙.txt"}
    both = zipped({"锁.zip": locked, "丙.txt": REPORT})
    assert [type(each) for each in unpack(both)] == [Refused, Refused, Member]


def test_a_damaged_file_is_named_and_the_others_are_read() -> None:
    data = bytearray(zipped({"甲.txt": REPORT, "乙.txt": OTHER}))
    at = data.find(b"PK\x03\x04") + 60
    data[at : at + 40] = bytes(40)
    assert list(whys(bytes(data))) == ["甲.txt"] and names(bytes(data)) == ["甲.txt", "乙.txt"]


def test_what_swells_beyond_its_share_is_refused_and_paid_for() -> None:
    bomb = zipped({f"{i}.txt": bytes(8_000_000) for i in range(3)} | {"年报.txt": REPORT})
    assert len(whys(bomb)) == 3 and "过大" in whys(bomb)["0.txt"]
    budget = found.Budget(size=9_000_000)
    with pytest.raises(found.Spent, match="分成几个压缩包"):
        list(files_in_zip(bomb, budget, 8_000_000))
    assert budget.files == found.MAX_FILES - 2


def test_more_files_than_are_read_from_one_are_said_so() -> None:
    many = zipped({f"{i}.txt": NOTE for i in range(found.MAX_FILES + 5)})
    *first, last = unpack(many)
    assert len(first) == found.MAX_FILES and isinstance(last, Refused) and "超过" in last.why


def test_attachments_are_named_as_the_sender_meant() -> None:
    assert names(mail({"石桥镇2023年度政府信息公开工作年度报告（定稿）盖章版.txt": REPORT})) == [
        "石桥镇2023年度政府信息公开工作年度报告（定稿）盖章版.txt"
    ]
    body = b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(REPORT)
    named = [
        'Content-Disposition: attachment; filename="石桥镇.txt"'.encode("gbk"),
        b"Content-Disposition: attachment; filename*=gb2312''%CA%AF%C7%C5%D5%F2.txt",
        b'Content-Type: text/plain; name="=?gb2312?B?yq/HxdXyLnR4dA==?="',
        # One character cut in two between two encoded words.
        b'Content-Disposition: attachment;\r\n filename="=?gbk?B?yq/H?=\r\n =?gbk?B?xdXyLnR4dA==?="',
    ]
    for head in named:
        assert names(raw_mail(head + body)) == ["石桥镇.txt"], head


def test_a_mail_in_a_mail_and_an_archive_in_it_are_opened() -> None:
    inner = EmailMessage()
    inner["Subject"] = "转：石桥镇"
    inner.set_content("见附件。")
    inner.add_attachment(zipped({"年报.txt": REPORT}, "gbk"), maintype="a", subtype="b", filename="石桥.zip")
    outer = EmailMessage()
    outer["Subject"] = "汇总"
    outer.set_content("请查收。")
    outer.add_attachment(inner)
    assert names(outer.as_bytes()) == ["转：石桥镇/石桥.zip/年报.txt"]


def test_a_covering_letter_is_no_report_and_a_report_in_the_text_is_one() -> None:
    assert names(mail({"甲.txt": REPORT})) == ["甲.txt"]
    assert read_bytes(mail({}, text=page())).report.year == 2023
    with pytest.raises(NotAReport, match="没有可以读取的文件"):
        read_bytes(mail({}))


def test_a_saved_page_is_read_in_the_charset_its_head_declares() -> None:
    html = render(make_report(3, "云岭县林泉局", 2024), "html_clean", 3)
    text = html.data.decode().replace('charset="utf-8"', "").replace("charset=utf-8", "")
    for charset in ("gb2312", "utf-16"):
        codec = {"gb2312": "gb18030"}.get(charset, charset)
        root = (
            f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: base64".encode()
            + b"\r\n\r\n"
            + base64.encodebytes(text.encode(codec))
        )
        logo = b"Content-Type: image/png\r\nContent-Location: logo.png\r\n\r\n\x89PNG"
        reading = read_bytes(raw_mail(root, logo, kind=b"multipart/related"), "年报.mht")
        wrong = [c for c in html.report.form.cells() if reading.report.value(c) != html.report.value(c)]
        assert not wrong
        assert not any("取自" in note for note in reading.notes)


def test_outlooks_own_wrappings_are_refused_with_what_to_do() -> None:
    tnef = {"winmail.dat": b"\x78\x9f\x3e\x22" + bytes(200)}
    assert "HTML" in whys(mail(tnef))["winmail.dat"]
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "__substg1.0_0037001F".encode("utf-16-le")
    assert ".eml" in whys(zipped({"来信.msg": ole}))["来信.msg"]


def deep_mail(depth: int) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
    inside = (
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (i, i + 1) for i in range(depth)
    )
    return head + b"".join(inside)


@pytest.mark.parametrize(
    "hostile",
    [
        deep_mail(20_000),
        raw_mail(*[b"\r\nx"] * (mails.MAX_PARTS + 1)),
        b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
        b"MIME-Version: 1.0\r\nContent-Type: " + b"(" * 300_000 + b"\r\n\r\n",
        b"MIME-Version: 1.0\r\nSubject: " + b"=?utf-8?b?YWJj?= " * 100_000 + b"\r\n\r\nx",
        b"MIME-Version: 1.0\r\nContent-Type: text/html; " + b"a=b; " * 100_000 + b"\r\n\r\n",
        b"Content-Type: multipart/mixed\r\n\r\n--\r\n--\r\n",
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\nnothing",
    ],
)
def test_a_hostile_mail_ends_soon_in_a_sentence_or_in_nothing(hostile: bytes) -> None:
    assert all(isinstance(each, Refused) and each.why for each in unpack(hostile))


def test_one_report_in_a_container_is_read_with_a_note_where_it_was() -> None:
    reading = read_bytes(zipped({"乡镇/甲镇.txt": REPORT, "说明.txt": NOTE}, "gbk"))
    assert reading.report.year == 2023
    assert reading.notes[0] == "报告取自其中的“乡镇/甲镇.txt”。" and "另外 1 个文件" in reading.notes[1]


def test_several_reports_are_too_many_for_one_reading() -> None:
    with pytest.raises(Unreadable, match=r"3 个文件、不止一份报告.*gongkai audit"):
        read_bytes(zipped({"甲.txt": REPORT, "乙.txt": OTHER, "说明.txt": NOTE}))


def test_a_container_without_a_report_says_what_was_in_it() -> None:
    with pytest.raises(NotAReport, match=r"2 个文件都没有读出报告，如“甲.txt”"):
        read_bytes(zipped({"甲.txt": NOTE, "乙.txt": NOTE}))
    with pytest.raises(NotAReport, match="没有可以读取的文件"):
        read_bytes(zipped({"Thumbs.db": NOTE}))


def test_all_of_a_container_is_read_under_its_names(tmp_path: Path) -> None:
    path = tmp_path / "全县.zip"
    path.write_bytes(zipped({"乡镇/甲.txt": REPORT, "乡镇/乙.txt": NOTE}, "gbk"))
    outcomes = dict(read_all(path))
    assert isinstance(outcomes[f"{path}/乡镇/甲.txt"], Reading)
    assert isinstance(outcomes[f"{path}/乡镇/乙.txt"], NotAReport)
    single = tmp_path / "甲.txt"
    single.write_bytes(REPORT)
    assert [(name, type(each)) for name, each in read_all(single)] == [(str(single), Reading)]
    with pytest.raises(Unreadable, match="打不开"):
        read(tmp_path / "无.zip")


def test_only_containers_are_containers() -> None:
    assert is_container(zipped({"甲.txt": NOTE})) and is_container(mail({}))
    assert not is_container(REPORT) and not is_container(b"PK\x03\x04") and not is_container(b"")
    word = render(make_report(1, "云岭县林泉局", 2024), "docx_merged", 1).data
    assert not is_container(word)


def test_the_guard_unpacks_and_reads_alike() -> None:
    packed = zipped({"甲.txt": REPORT, "锁.zip": zipped({"乙.txt": NOTE}, flag=1)})
    assert list(unpack_guarded(packed)) == list(unpack(packed))
    assert read_guarded(zipped({"甲.txt": REPORT})).report.year == 2023


def test_a_container_that_takes_too_long_to_unpack_keeps_what_came_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = guarded._Child.files

    def stalled(self: guarded._Child, *words: object) -> object:
        for each in honest(self, *words):  # type: ignore[arg-type]
            os.kill(self.process.pid, signal.SIGSTOP)
            yield each

    monkeypatch.setattr(guarded._Child, "files", stalled)
    large = {f"{i}.txt": os.urandom(200_000) for i in range(4)}
    *_, last = unpack_guarded(zipped({"甲.txt": REPORT} | large), limits=Limits(seconds=1.5))
    assert isinstance(last, Refused) and "其余没有读取" in last.why
