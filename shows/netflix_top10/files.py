"""What was given, as rows of text: a file or an address; tabs, commas or XLSX; gzipped or not."""

import csv
import gzip
import io
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from shows.fetching import fetched
from shows.links import is_web_address

SECONDS = 60
# The largest of the three files had some 30 MB after five years.
LARGEST = 500 * 1024 * 1024
# Its texts are held in memory. A workbook of all weeks worldwide has some 10 MB unpacked.
LARGEST_WORKBOOK = 100 * 1024 * 1024
LONGEST_LINE = 100_000
# All weeks of all countries have 100,000 lines a year.
MOST_LINES = 5_000_000
PACKED = (b"\x1f\x8b", b"PK\x03\x04")
IN_MEMORY = 8 * 1024 * 1024


class Refused(Exception):
    """A file that is not what it should be; the message is for whoever gave it."""


@contextmanager
def opened(file_or_url):
    """The bytes of a file or of a web address, and what it is called. Raises Refused where there are none."""
    if not is_web_address(file_or_url):
        try:
            with Path(file_or_url).open("rb") as file:
                yield file, Path(file_or_url).name
        except OSError as error:
            told = {"file": file_or_url, "why": error.strerror or error}
            raise Refused(_("%(file)s cannot be read: %(why)s.") % told) from error
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        _fetch(file_or_url, file)
        file.seek(0)
        yield file, urlsplit(file_or_url).path.rpartition("/")[2] or file_or_url


def _fetch(address, file):
    try:
        with fetched(address, SECONDS) as answer:
            shutil.copyfileobj(_Bounded(answer), file)
    except (URLError, OSError, ValueError) as error:
        told = {"address": address, "why": getattr(error, "reason", None) or error}
        raise Refused(_("%(address)s cannot be fetched: %(why)s.") % told) from error


class _Bounded:
    """A stream that ends in an error where it has more bytes than any such file."""

    def __init__(self, stream):
        self.stream, self.left = stream, LARGEST

    def read(self, size=-1):
        piece = self.stream.read(size)
        self.left -= len(piece)
        if self.left < 0:
            raise Refused(_("It is larger than %d MB unpacked, as no such file is.") % (LARGEST >> 20))
        return piece


def rows_of(file):
    """(line number, row of texts) of a file open for reading bytes, in any form; the first is the header."""
    start = file.read(4)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield from _rows_of_text(io.BufferedReader(_Readable(unpacked)))
    elif start.startswith(b"PK\x03\x04"):
        yield from _rows_of_workbook(file)
    else:
        yield from _rows_of_text(_Readable(file))


class _Readable(io.RawIOBase):
    """A bounded stream as `io` wants it; closing it leaves the file beneath open."""

    def __init__(self, stream):
        self.stream = _Bounded(stream)

    def readable(self):
        return True

    def readinto(self, buffer):
        piece = self.stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _rows_of_text(raw):
    number = 0
    try:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        lines = _lines(text)
        header = next(lines, "")
        _refuse_a_page(header)
        delimiter = "," if "\t" not in header else "\t"
        yield 1, next(csv.reader([header], delimiter=delimiter), [])
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        for row in reader:
            number = reader.line_num
            yield number + 1, row
    except UnicodeDecodeError as error:
        raise Refused(_("After line %d there are bytes that are no UTF-8 text.") % (number + 1)) from error
    except csv.Error as error:
        raise Refused(_("Line %(line)d: %(why)s.") % {"line": number + 2, "why": error}) from error
    except (EOFError, gzip.BadGzipFile, OSError) as error:
        raise Refused(_("It is damaged and cannot be unpacked.")) from error


def _lines(text):
    """The lines of a text, neither longer nor more than any such file has."""
    for number in count(1):
        if not (line := text.readline(LONGEST_LINE + 1)):
            return
        if number > MOST_LINES:
            raise Refused(_("It has more than %d lines, as no such file has.") % MOST_LINES)
        if len(line) > LONGEST_LINE:
            raise Refused(_("It has a line of more than %d characters, as no such file has.") % LONGEST_LINE)
        yield line


def _refuse_a_page(header):
    if not header.strip():
        raise Refused(_("It is empty."))
    if header.lstrip().lower().startswith(("<!doctype", "<html", "<?xml", "<head")):
        raise Refused(_("It is a web page and not a file of the Top 10: the address may have changed."))


def _rows_of_workbook(file):
    # Two hundred modules, which no process but an importing one needs.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_WORKBOOK:
                limit = LARGEST_WORKBOOK >> 20
                raise Refused(_("It is larger than %d MB unpacked: take the TSV in its place.") % limit)
        workbook = load_workbook(file, read_only=True, data_only=True)
        for number, row in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_text(cell) for cell in row]
    except Refused:
        raise
    # What openpyxl raises on a damaged workbook is named nowhere: KeyError, ValueError, ParseError, others.
    except Exception as error:
        raise Refused(_("It is no workbook that can be read: %s.") % error) from error


def _text(cell):
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
