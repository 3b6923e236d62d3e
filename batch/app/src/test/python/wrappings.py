"""Writes resources/wrappings/wrappings.tsv: the same pickle as Python's own libraries wrap it, a line each: a name, the encodings
that are to be found, the value in hex. Run by hand with Python 3.11: python3 wrappings.py > ../resources/wrappings/wrappings.tsv"""

import base64
import binascii
import bz2
import codecs
import gzip
import hashlib
import hmac
import io
import json
import lzma
import pickle
import quopri
import struct
import sys
import urllib.parse
import zipfile
import zlib

VALUE = {"user": "ann", "roles": ["admin", "editor"], "n": [1, 2, 3], "pad": "hello world " * 8, "quote": "it's", "x": "\u00e9\u4e16"}
PICKLE = pickle.dumps(VALUE, protocol=4)
TEXT = pickle.dumps(VALUE, protocol=0)
B64 = base64.b64encode(PICKLE)


OTHER = pickle.dumps([1, 2, "three"], protocol=4)


PLUS = pickle.dumps({"name": "a b+c", "n": [1, 2, 3, 4]}, protocol=4)


def percent_lower(data):
    text = "".join(chr(b) if chr(b).isalnum() else "%%%02x" % b for b in data)
    return text.encode()


def werkzeug(members):
    text = "&".join(name + "=" + urllib.parse.quote_plus(value) for name, value in members.items()).encode()
    return base64.b64encode(hmac.new(b"k", text, hashlib.sha1).digest()) + b"?" + text


def lines(text, width, end):
    return end.join(text[i:i + width] for i in range(0, len(text), width))


def zip_of(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def raw_deflate(data, level=6):
    c = zlib.compressobj(level, zlib.DEFLATED, -15)
    return c.compress(data) + c.flush()


def pg_escape(data):
    return b"".join(b"\\\\" if b == 92 else bytes([b]) if 32 <= b < 127 else b"\\%03o" % b for b in data)


def mysql_escape(data):
    table = {0: b"\\0", 10: b"\\n", 13: b"\\r", 26: b"\\Z", 92: b"\\\\", 39: b"\\'", 34: b'\\"'}
    return b"".join(table.get(b, bytes([b])) for b in data)


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def django(data, compress):
    z = zlib.compress(data)
    value = b"." + b64url(z) if compress else b64url(data)
    value += b":1xWdJ5"
    key = hashlib.sha256(b"salt" + b"signer" + b"secret").digest()
    return value + b":" + b64url(hmac.new(key, value, hashlib.sha256).digest())


def session(data):
    return base64.b64encode(hmac.new(b"secret", data, hashlib.sha1).hexdigest().encode() + b":" + data)


def itsdangerous(data):
    value = b64url(data) + b".ZkXyzA"
    return value + b"." + b64url(hmac.new(b"secret", value, hashlib.sha1).digest())


def base32hex(data):
    return base64.b32encode(data).translate(bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHIJKLMNOPQRSTUV"))


def mysql_compress(data):
    return struct.pack("<I", len(data)) + zlib.compress(data)


CASES = [
    ("bare", "", PICKLE),
    ("bare-text", "", TEXT),
    ("base64", "base64", B64),
    ("base64-url", "base64", base64.urlsafe_b64encode(PICKLE)),
    ("base64-bare", "base64", B64.rstrip(b"=")),
    ("base64-url-bare", "base64", b64url(PICKLE)),
    ("base64-encodebytes", "base64", base64.encodebytes(PICKLE)),
    ("base64-64-crlf", "base64", lines(B64, 64, b"\r\n") + b"\r\n"),
    ("base64-blanks", "base64", lines(B64, 76, b" ")),
    ("base64-form", "base64", base64.b64encode(b"\x80\x03U\x05\xfb\xef\xbe\xfb\xef."). replace(b"+", b" ")),
    ("base64-twice", "base64+base64", base64.b64encode(B64)),
    ("hex", "hex", binascii.hexlify(PICKLE)),
    ("hex-upper", "hex", binascii.hexlify(PICKLE).upper()),
    ("hex-0x", "hex", b"0x" + binascii.hexlify(PICKLE)),
    ("hex-0X-upper", "hex", b"0x" + binascii.hexlify(PICKLE).upper()),
    ("hex-postgres", "hex", b"\\x" + binascii.hexlify(PICKLE)),
    ("hex-mysql", "hex", b"X'" + binascii.hexlify(PICKLE).upper() + b"'"),
    ("base32", "base32", base64.b32encode(PICKLE)),
    ("base32-lower-bare", "base32", base64.b32encode(PICKLE).lower().rstrip(b"=")),
    ("base32hex", "base32hex", base32hex(PICKLE)),
    ("quoted-printable", "quoted-printable", quopri.encodestring(PICKLE)),
    ("quoted-printable-text", "quoted-printable", quopri.encodestring(TEXT)),
    ("quoted-printable-tabs", "quoted-printable", quopri.encodestring(PICKLE, quotetabs=True)),
    ("uuencode", "uuencode", codecs.encode(PICKLE, "uu")),
    ("uuencode-text", "uuencode", codecs.encode(TEXT, "uu")),
    ("uuencode-lines", "uuencode", b"".join(binascii.b2a_uu(PICKLE[i:i + 45]) for i in range(0, len(PICKLE), 45))),
    ("uuencode-php", "uuencode", b"".join(binascii.b2a_uu(PICKLE[i:i + 45], backtick=True) for i in range(0, len(PICKLE), 45)) + b"`\n"),
    ("base85", "base85", base64.b85encode(PICKLE)),
    ("ascii85", "ascii85", base64.a85encode(PICKLE)),
    ("ascii85-adobe", "ascii85", base64.a85encode(PICKLE, adobe=True)),
    ("repr", "repr", repr(PICKLE).encode()),
    ("repr-text", "repr", repr(TEXT).encode()),
    ("repr-base64", "repr+base64", repr(B64).encode()),
    ("repr-bytearray", "repr", repr(bytearray(PICKLE)).encode()),
    ("python-escape", "python-escape", repr(PICKLE)[2:-1].encode()),
    ("pg-escape", "pg-escape", pg_escape(PICKLE)),
    ("mysql-escape", "mysql-escape", mysql_escape(PICKLE)),
    ("backslash", "backslash", (b"\x80\x02U\x03a\\bq\x00.").replace(b"\\", b"\\\\")),
    ("zlib", "zlib", zlib.compress(PICKLE)),
    ("zlib-1", "zlib", zlib.compress(PICKLE, 1)),
    ("zlib-9", "zlib", zlib.compress(PICKLE, 9)),
    ("deflate", "deflate", raw_deflate(PICKLE)),
    ("deflate-base64", "base64+deflate", base64.b64encode(raw_deflate(PICKLE, 9))),
    ("mysql-compress", "mysql-compress", mysql_compress(PICKLE)),
    ("mysql-compress-hex", "hex+mysql-compress", binascii.hexlify(mysql_compress(PICKLE)).upper()),
    ("gzip", "gzip", gzip.compress(PICKLE, mtime=1700000000)),
    ("gzip-6", "gzip", gzip.compress(PICKLE, compresslevel=6, mtime=0)),
    ("bzip2", "bzip2", bz2.compress(PICKLE)),
    ("bzip2-base64", "base64+bzip2", base64.b64encode(bz2.compress(PICKLE))),
    ("xz", "xz", lzma.compress(PICKLE)),
    ("lzma", "lzma", lzma.compress(PICKLE, format=lzma.FORMAT_ALONE)),
    ("zip", "zip", zip_of([("data.pkl", PICKLE)])),
    ("zip-renpy", "zip", zip_of([("screenshot.png", b"\x89PNG\r\n\x1a\n"), ("extra_info", b""), ("json", b"{}"), ("log", PICKLE)])),
    ("data-url", "data-url+base64", b"data:application/octet-stream;base64," + B64),
    ("json-string", "json-string+base64", json.dumps(B64.decode()).encode()),
    ("json-string-latin1", "json-string", json.dumps(PICKLE.decode("latin-1")).encode()),
    ("json-member", "json-member+base64", json.dumps({"type": "pickle", "v": B64.decode()}).encode()),
    ("json-member-deep", "json-member+hex", json.dumps([{"v": {"p": PICKLE.hex()}}]).encode()),
    ("json-member-deeper", "json-member+base64", json.dumps({"a": {"b": {"c": {"d": {"e": B64.decode()}}}}}).encode()),
    ("json-bytes", "json-bytes", json.dumps(list(PICKLE)).encode()),
    ("json-bytes-node", "json-bytes", json.dumps({"type": "Buffer", "data": list(PICKLE)}, separators=(",", ":")).encode()),
    ("sql-unhex", "sql-literal+hex", b"UNHEX('" + binascii.hexlify(PICKLE).upper() + b"')"),
    ("sql-from-base64", "sql-literal+base64", b"FROM_BASE64('" + B64 + b"')"),
    ("sql-introduced", "sql-literal+mysql-escape", b"_binary '" + mysql_escape(PICKLE) + b"'"),
    ("sql-introduced-hex", "sql-literal+hex", b"_binary 0x" + binascii.hexlify(PICKLE)),
    ("csv-quoted", "quoted", b'"' + TEXT + b'"'),
    ("csv-doubled", "quoted", b'"' + pickle.dumps({"say": b'"hi"'}, 2).replace(b'"', b'""') + b'"'),
    ("sql-outfile", "mysql-escape", TEXT.replace(b"\\", b"\\\\").replace(b"\n", b"\\\n")),
    ("base64-appended", "base64", base64.b64encode(PICKLE[:-1] + b"0N.") + b"\n" + base64.b64encode(TEXT) + b"\n"),
    ("bottle-signed", "prefix+base64", b"!" + base64.b64encode(hmac.new(b"k", B64, hashlib.md5).digest()) + b"?" + B64),
    ("beaker-signed", "prefix+base64", hmac.new(b"k", B64, hashlib.sha1).hexdigest().encode() + b"1700000000" + B64),
    ("tornado-signed", "signed+base64", B64 + b"|1700000000|" + hmac.new(b"k", B64, hashlib.sha1).hexdigest().encode()),
    ("length-prefixed", "length-prefixed", b"".join(struct.pack(">I", len(p)) + p for p in (PICKLE, OTHER))),
    ("length-prefixed-le8", "length-prefixed", b"".join(struct.pack("<Q", len(p)) + p for p in (PICKLE, OTHER))),
    ("length-prefixed-one", "length-prefixed", struct.pack("<I", len(PICKLE)) + PICKLE),
    ("length-prefixed-netstring", "length-prefixed", b"".join(b"%d:%s," % (len(p), p) for p in (PICKLE, OTHER))),
    ("werkzeug-signed", "form-member+base64", werkzeug({"lang": B64})),
    ("prefix-sha1hex", "prefix", hashlib.sha1(PICKLE).hexdigest().encode() + b":" + PICKLE),
    ("prefix-hex40", "prefix", hashlib.sha1(PICKLE).hexdigest().encode() + PICKLE),
    ("prefix-hex40-base64", "prefix+base64", hashlib.sha1(PICKLE).hexdigest().encode() + b":" + B64),
    ("prefix-mark", "prefix+base64", b"$2$" + B64),
    ("prefix-mark-zlib", "prefix+zlib", b"zlib:" + zlib.compress(PICKLE)),
    ("prefix-binary", "prefix", hmac.new(b"k", PICKLE, hashlib.sha1).digest() + PICKLE),
    ("prefix-version", "prefix", b"\x01" + PICKLE),
    ("django-signed", "django-signed+base64", django(PICKLE, False)),
    ("django-signed-compressed", "django-signed+base64+zlib", django(PICKLE, True)),
    ("django-session", "base64+prefix", session(PICKLE)),
    ("itsdangerous", "signed+base64", itsdangerous(PICKLE)),
    ("rails-signed", "signed+base64", B64 + b"--" + hashlib.sha1(B64).hexdigest().encode()),
    ("blanks-hex", "blanks+hex", b"  " + binascii.hexlify(PICKLE) + b"\n"),
    ("bom-base64", "blanks+base64", b"\xef\xbb\xbf" + B64 + b"\r\n"),
    ("hex-blanks", "hex-bytes", PLUS.hex(" ").encode()),
    ("hex-colons-upper", "hex-bytes", PLUS.hex(":").upper().encode()),
    ("hex-0x-commas", "hex-bytes", ", ".join("0x%02x" % b for b in PLUS).encode()),
    ("hex-dashes", "hex-bytes", PLUS.hex("-").encode()),
    ("percent", "percent", urllib.parse.quote(PLUS).encode()),
    ("percent-plus", "percent", urllib.parse.quote_plus(PLUS).encode()),
    ("percent-lower-text", "percent", percent_lower(pickle.dumps(pickle.loads(PLUS), 0))),
    ("percent-base64", "percent+base64", urllib.parse.quote(base64.b64encode(PLUS)).encode()),
]

for name, stack, value in CASES:
    sys.stdout.write("%s\t%s\t%s\n" % (name, stack, value.hex()))
