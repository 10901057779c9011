"""Picture headers: kinds and sizes agree with another reader, broken and hostile files are no pictures."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sitegen_tui.content.images import ImageInfo, image_info


def saved(kind: str, size: tuple[int, int], **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (120, 40, 200)).save(stream, kind, **options)  # pyright: ignore
    return stream.getvalue()


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        ("PNG", {}, "png"),
        ("JPEG", {}, "jpeg"),
        ("JPEG", {"progressive": True}, "jpeg"),
        ("JPEG", {"exif": b"Exif\x00\x00" + b"x" * 500}, "jpeg"),
        ("GIF", {}, "gif"),
        ("WEBP", {}, "webp"),
        ("WEBP", {"lossless": True}, "webp"),
        ("WEBP", {"exif": b"Exif\x00\x00x"}, "webp"),
    ],
)
@pytest.mark.parametrize("size", [(1, 1), (37, 300), (1280, 720)])
def test_bitmaps_are_measured(kind: str, options: dict[str, object], expected: str, size: tuple[int, int]) -> None:
    assert image_info(saved(kind, size, **options)) == ImageInfo(expected, *size)  # pyright: ignore


def test_an_ico_counts_by_its_largest_picture() -> None:
    icon = saved("ICO", (256, 256), sizes=[(16, 16), (32, 32), (256, 256)])
    assert image_info(icon) == ImageInfo("ico", 256, 256)
    assert image_info(saved("ICO", (32, 32), sizes=[(16, 16), (32, 32)])) == ImageInfo("ico", 32, 32)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="192" height="48"', (192, 48)),
        ("width='1in' height='72pt'", (96, 96)),
        ('viewBox="0 0 64 32"', (64, 32)),
        ('viewBox="0,0,64,32" width="128"', (128, 64)),
        ('viewBox="0 0 64 32" width="100%" height="16px"', (32, 16)),
    ],
)
def test_drawings_have_their_natural_size(attributes: str, size: tuple[int, int]) -> None:
    text = f'<?xml version="1.0"?><!-- <svg> --><svg xmlns="http://www.w3.org/2000/svg" {attributes}><g/></svg>'
    assert image_info(text.encode()) == ImageInfo("svg", *size)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">',
        b'<svg width="1" height="1"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="1"/>',
        b'<html><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/></html>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">&a;</svg>',
        b"\xff\xd8" + b"\xff" * 5000 + b"\xff\xd9",
        b"\xff\xd8" + b"\xff\xe0\x00\x00" * 5000 + b"\xff\xd9",
        b"\x00\x00\x01\x00\xff\xff" + b"\x00" * 4000,
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"plain text",
    ],
)
def test_what_is_no_picture_is_none(data: bytes) -> None:
    assert image_info(data) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_cut_short_is_none(kind: str) -> None:
    whole = saved(kind, (64, 64))
    assert image_info(whole[: len(whole) // 2]) is None


def test_a_png_header_without_picture_is_none() -> None:
    whole = saved("PNG", (8, 8))
    assert image_info(whole[:33] + whole[-12:]) is None


@settings(max_examples=200)
@given(head=st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"GIF89a", b"RIFF0000WEBP", b"\0\0\1\0", b"<svg"]),
       tail=st.binary(max_size=80))  # fmt: skip
def test_no_bytes_upset_the_reader(head: bytes, tail: bytes) -> None:
    info = image_info(head + tail)
    assert info is None or (info.width > 0 and info.height > 0)


def test_square_allows_a_hundredth() -> None:
    assert ImageInfo("png", 100, 99).square
    assert not ImageInfo("png", 100, 98).square
    assert ImageInfo("svg", 1, 1).media_type == "image/svg+xml"
