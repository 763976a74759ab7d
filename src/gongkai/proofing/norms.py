"""The instruments the checks of a text cite, besides those of `law.sources`."""

from __future__ import annotations

from datetime import date

from gongkai.law.sources import Instrument

PIPL = Instrument(title="中华人民共和国个人信息保护法", number="主席令第九十一号", in_force=date(2021, 11, 1))
SECRETS2024 = Instrument(
    title="中华人民共和国保守国家秘密法", number="主席令第二十号（2024年修订）", in_force=date(2024, 5, 1)
)
PAPERS2012 = Instrument(
    title="党政机关公文处理工作条例", number="中办发〔2012〕14号", in_force=date(2012, 7, 1)
)
LAYOUT2012 = Instrument(title="党政机关公文格式", number="GB/T 9704—2012", in_force=date(2012, 7, 1))
PUNCTUATION2011 = Instrument(title="标点符号用法", number="GB/T 15834—2011", in_force=date(2012, 6, 1))
SITES2017 = Instrument(title="政府网站发展指引", number="国办发〔2017〕47号", in_force=date(2017, 5, 15))
ACCESS2023 = Instrument(
    title="中华人民共和国无障碍环境建设法", number="主席令第六号", in_force=date(2023, 9, 1)
)
