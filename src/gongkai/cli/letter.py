"""`gongkai letter`: one letter of a case as a Word or PDF file, outside any database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.parser import Parser
from gongkai.cli.texts import Unusable, read_json, read_text
from gongkai.letters import KINDS, TemplateError, compose
from gongkai.letters.reading import FactsError, read_facts
from gongkai.papers.docx import write_docx
from gongkai.papers.paper import PaperError
from gongkai.papers.pdf import write_pdf

_LARGEST, _CONTENT = 1, "一件文书的内容"  # megabytes
_WRITERS = {".docx": write_docx, ".pdf": write_pdf}
_EPILOG = f"""CASE.json 形如：
  {{"body": {{"name": "青禾县教育局", "kind": "local_department", "government": "青禾县人民政府"}},
   "contact": {{"office": "政府信息公开办公室", "phone": "0999-5550120"}},
   "number": "青教公开延〔2025〕3号", "made_on": "2025-10-13", "applicant": "王小禾",
   "request_number": "2025-031", "wanted": "学校食堂采购合同", "channel": "internet",
   "received_on": "2025-09-15",
   "details": {{"reasons": "需要检索三年的合同台账", "extended_to": "2025-11-14"}}}}

文书：
{chr(10).join(f"  {kind.code:<28} {kind.name}" for kind in KINDS.values())}
各文书须填写的内容见 docs/letters.md。

退出码：0 正常；1 文书还缺内容，没有写出；2 参数或者文件有误。"""


def _kind(text: str) -> str:
    if text in KINDS:
        return text
    raise argparse.ArgumentTypeError(f"没有“{text}”这种文书，见 gongkai letter --help")


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("letter", "由案件事实生成一件文书，并列出还缺什么。", _EPILOG)
    made.add_argument("case", type=Path, metavar="CASE.json", help="事实文件；- 为标准输入")
    made.add_argument("--kind", type=_kind, required=True, metavar="文书", help="文书的种类")
    made.add_argument("--out", type=Path, required=True, metavar="文件", help="写到 .docx 或者 .pdf 文件")
    made.add_argument("--template", type=Path, metavar="文件", help="本机关自己的模板（UTF-8 文本）")
    made.add_argument("--draft", action="store_true", help="还缺内容也写出，缺处标明待填")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    write = _WRITERS.get(options.out.suffix.lower())
    if write is None:
        asked.error("--out 应以 .docx 或者 .pdf 结尾")
    try:
        facts = read_facts(read_json(options.case, _LARGEST, _CONTENT))
        template = read_text(options.template, _LARGEST, _CONTENT) if options.template else None
        letter = compose(options.kind, facts, template=template)
    except (Unusable, FactsError, TemplateError) as error:
        return _failed(str(error))
    if letter.missing:
        print("还缺：" + "；".join(letter.missing), file=sys.stderr)
        if not options.draft:
            return 1
    try:
        options.out.write_bytes(write(letter.paper))
    except PaperError as error:
        return _failed(str(error))
    except OSError:
        return _failed(f"不能写入 {options.out}，请检查文件夹是否存在、有没有写入权限。")
    return 0


def _failed(why: str) -> int:
    print(f"gongkai letter：{why}", file=sys.stderr)
    return 2
