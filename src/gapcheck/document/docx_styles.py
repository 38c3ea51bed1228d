"""The styles of the Word face, so that a reader can restyle the whole document at once."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from gapcheck.document.docx_xml import element

FONT = "Arial"
INK, SOFT, LINK = RGBColor(0x1B, 0x1F, 0x24), RGBColor(0x4A, 0x52, 0x5C), RGBColor(0x0B, 0x4F, 0x8A)
_SIZES = {"Normal": 10, "Title": 22, "Subtitle": 12, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11, "Heading 4": 10.5,
          "Heading 5": 10, "Heading 6": 10, "Caption": 9.5, "Header": 8.5, "Footer": 8.5, "List Bullet": 10, "List Number": 10}  # fmt: skip


def prepare(word: Word, language: str) -> None:
    """Give a fresh document its fonts, language and styles."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(defaults.findall(qn("w:lang"))):
        defaults.remove(old)
    defaults.append(element("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": "ar-SA"}))
    for name, size in _SIZES.items():
        _font(word.styles[name], size)
    _headings(word)
    for name, base, size in (
        ("Lead", "Normal", 14), ("Note", "Normal", 9.5), ("Status", "Normal", 10), ("Label", "Normal", 10),
        ("Fact Term", "Normal", 10), ("Fact Text", "Normal", 10), ("Table Text", "Normal", 8.5),
        ("Contents Title", "Normal", 13), ("Table Gap", "Normal", 4), ("toc 1", "Normal", 10), ("toc 2", "Normal", 10), ("toc 3", "Normal", 10),
    ):  # fmt: skip
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
        style.base_style = word.styles[base]
        _font(style, size)
    for name in ("Lead", "Label", "Fact Term", "Contents Title"):
        word.styles[name].font.bold = True
    _spacing(word)
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline, link.font.color.rgb = True, LINK


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _headings(word: Word) -> None:
    for level in range(1, 7):
        form = word.styles[f"Heading {level}"].paragraph_format
        form.keep_with_next = form.keep_together = form.widow_control = True
        form.space_before, form.space_after = Pt(16 if level < 3 else 10), Pt(4)
    title = word.styles["Title"]
    title.font.bold = True
    for border in title.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    word.styles["Subtitle"].font.italic = False
    word.styles["Subtitle"].font.color.rgb = SOFT


def _spacing(word: Word) -> None:
    for name, before, after in (
        ("Normal", 0, 5), ("Lead", 2, 6), ("Note", 4, 6), ("Status", 0, 4), ("Label", 6, 2), ("Fact Term", 4, 0),
        ("Fact Text", 0, 2), ("Table Text", 1, 1), ("Caption", 8, 3), ("List Bullet", 0, 2), ("List Number", 0, 2),
        ("Contents Title", 10, 4), ("Table Gap", 0, 2), ("toc 1", 3, 1), ("toc 2", 0, 1), ("toc 3", 0, 1),
    ):  # fmt: skip
        form = word.styles[name].paragraph_format
        form.space_before, form.space_after, form.widow_control = Pt(before), Pt(after), True
    for name in ("Lead", "Status", "Label", "Fact Term", "Caption", "Contents Title"):
        word.styles[name].paragraph_format.keep_with_next = True
    for name, indent in (("Fact Text", 14), ("toc 2", 14), ("toc 3", 28), ("Note", 8)):
        word.styles[name].paragraph_format.left_indent = Pt(indent)
    word.styles["Caption"].font.bold = True
    word.styles["Note"].font.color.rgb = SOFT
    for name in ("Header", "Footer"):  # the places of the page decide, not those of a letter
        for tabs in list(word.styles[name].element.iter(qn("w:tabs"))):
            tabs.getparent().remove(tabs)
    for spacing in list(word.styles["Subtitle"].element.iter(qn("w:spacing"))):
        if spacing.get(qn("w:val")):
            spacing.getparent().remove(spacing)
    for level in (1, 2, 3):  # where a program fills in page numbers, they stand at the right
        word.styles[f"toc {level}"].paragraph_format.tab_stops.add_tab_stop(Pt(481), 2, 1)
