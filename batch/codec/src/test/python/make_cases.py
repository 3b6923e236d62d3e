#!/usr/bin/env python3
"""The hand-made cases: make_cases.py > cases.tsv. A line each: name, pickle in hex, result, expectation.

The result is "ok" with the whole canonical JSON, or "refused" with OFFSET:OPCODE. The expectations are the oracle's;
a change in one of them is to be read and understood, so the file is kept as text.
"""

import struct
import sys

from oracle_json import COMPACT, to_json
from oracle_machine import Refused, decode

CASES = {}


def case(name, *parts, proto=2):
    """A pickle with PROTO (none for 0) and STOP around the parts."""
    head = b"\x80" + bytes([proto]) if proto else b""
    raw(name, head + b"".join(parts) + b".")


def raw(name, data):
    if name in CASES:
        raise ValueError("twice: " + name)
    CASES[name] = data


def g(module, name):
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n"


def u(text):
    data = text.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(data)) + data


def s2(data):
    return b"U" + bytes([len(data)]) + data


def b(data):
    return b"C" + bytes([len(data)]) + data


def i(n):
    return b"K" + bytes([n]) if 0 <= n < 256 else b"\x8a" + bytes([n.bit_length() // 8 + 1]) + n.to_bytes(
        n.bit_length() // 8 + 1, "little", signed=True)


def f(x):
    return b"G" + struct.pack(">d", x)


def t(*parts):
    return b"(" + b"".join(parts) + b"t"


def l(*parts):
    return b"](" + b"".join(parts) + b"e"


def d(*parts):
    return b"}(" + b"".join(parts) + b"u"


def call(module, name, *args):
    return g(module, name) + t(*args) + b"R"


def obj(*state):
    return g("m", "C") + b")\x81" + (state[0] + b"b" if state else b"")


def put(n):
    return b"q" + bytes([n])


def get(n):
    return b"h" + bytes([n])


KINDS = {
    "none": b"N", "true": b"\x88", "int": i(5), "float": f(1.5), "text": u("a"), "py2_str": s2(b"a"), "bytes": b(b"a"),
    "bytearray": b"\x96\1\0\0\0\0\0\0\0a", "list": b"]", "empty_tuple": b")", "tuple": i(1) + b"\x85", "dict": b"}",
    "set": b"\x8f", "frozenset": b"(\x91", "name": g("m", "C"), "object": obj(), "call": call("m", "f"),
    "persid": b"Pp\n", "ext": b"\x82\5", "buffer": b"\x97", "folded_set": call("builtins", "set", b"]"),
    "folded_bytes": call("builtins", "bytes"), "datetime_date": call("datetime", "date", b(b"\7\xe8\1\1")),
}


def wrong_types():
    for kind, value in KINDS.items():
        case("append_to_" + kind, value, i(1), b"a", proto=5)
        case("appends_to_" + kind, value, b"(", i(1), i(2), b"e", proto=5)
        case("appends_nothing_to_" + kind, value, b"(e", proto=5)
        case("setitem_in_" + kind, value, i(1), i(2), b"s", proto=5)
        case("setitems_in_" + kind, value, b"(", i(1), i(2), b"u", proto=5)
        case("setitems_nothing_in_" + kind, value, b"(u", proto=5)
        case("setitems_odd_in_" + kind, value, b"(", i(1), i(2), i(3), b"u", proto=5)
        case("additems_to_" + kind, value, b"(", i(1), i(1), b"\x90", proto=5)
        case("additems_nothing_to_" + kind, value, b"(\x90", proto=5)
        case("build_on_" + kind, value, b"}", b"b", proto=5)
        case("build_none_on_" + kind, value, b"N", b"b", proto=5)
        case("readonly_buffer_on_" + kind, value, b"\x98", proto=5)
        case("reduce_callable_" + kind, value, b")R", proto=5)
        case("reduce_arguments_" + kind, g("m", "f"), value, b"R", proto=5)
        case("newobj_class_" + kind, value, b")\x81", proto=5)
        case("newobj_arguments_" + kind, g("m", "C"), value, b"\x81", proto=5)
        case("newobj_ex_class_" + kind, value, b")}\x92", proto=5)
        case("newobj_ex_arguments_" + kind, g("m", "C"), value, b"}\x92", proto=5)
        case("newobj_ex_keywords_" + kind, g("m", "C"), b")", value, b"\x92", proto=5)
        case("obj_class_" + kind, b"(", value, i(1), b"o", proto=5)
        case("stack_global_module_" + kind, value, u("C"), b"\x93", proto=5)
        case("stack_global_name_" + kind, u("m"), value, b"\x93", proto=5)
        case("binpersid_" + kind, value, b"Q", proto=5)
        case("state_" + kind, obj(value), proto=5)
        case("dict_key_" + kind, d(value, i(1)), proto=5)
        case("set_member_" + kind, b"\x8f(", value, b"\x90", proto=5)
        case("twice_" + kind, value, put(0), get(0), b"\x86", proto=5)
        case("equal_keys_" + kind, d(value, i(1), value, i(2)), proto=5)
        case("same_key_" + kind, d(value, put(0), i(1), get(0), i(2)), proto=5)
        case("equal_in_tuple_keys_" + kind, d(value, b"\x85", i(1), value, b"\x85", i(2)), proto=5)


def stack_and_marks():
    needs = {"APPEND": b"a", "BUILD": b"b", "SETITEM": b"s", "REDUCE": b"R", "NEWOBJ": b"\x81", "NEWOBJ_EX": b"\x92", "TUPLE1": b"\x85",
             "TUPLE2": b"\x86", "TUPLE3": b"\x87", "POP": b"0", "DUP": b"2", "STACK_GLOBAL": b"\x93", "BINPERSID": b"Q", "MEMOIZE": b"\x94",
             "BINPUT": b"q\0", "LONG_BINPUT": b"r\0\0\0\0", "PUT": b"p0\n", "READONLY_BUFFER": b"\x98"}
    for name, op in needs.items():
        raw("underflow_" + name, b"\x80\5" + op + b".")
        raw("underflow_one_" + name, b"\x80\5N" + op + b".")
        raw("underflow_at_mark_" + name, b"\x80\5]](" + op + b".")
        raw("underflow_one_over_mark_" + name, b"\x80\5])(N" + op + b".")
        raw("underflow_two_over_mark_" + name, b"\x80\5}](NN" + op + b".")
    marks = {"APPENDS": b"e", "SETITEMS": b"u", "ADDITEMS": b"\x90", "TUPLE": b"t", "LIST": b"l", "DICT": b"d", "FROZENSET": b"\x91",
             "POP_MARK": b"1", "OBJ": b"o", "INST": b"im\nC\n"}
    for name, op in marks.items():
        raw("no_mark_" + name, b"\x80\5]N" + op + b".")
        raw("only_mark_" + name, b"\x80\5(" + op + b".")
        raw("mark_on_mark_" + name, b"\x80\5](((" + op + b".")
        raw("mark_after_list_" + name, b"\x80\5](" + op + b".")
        raw("mark_over_mark_and_list_" + name, b"\x80\5](](N" + op + b".")
    raw("stop_on_nothing", b".")
    raw("stop_on_mark", b"K\1(.")
    raw("stop_over_mark", b"K\1(K\2.")
    raw("stop_with_more_below", b"K\1K\2.")
    raw("stop_then_more", b"K\1.K\2.")
    raw("stop_then_nonsense", b"K\1.\xff\xfe")
    raw("no_stop", b"K\1")
    raw("nothing", b"")
    raw("proto_alone", b"\x80\2")
    raw("pop_mark_then_value", b"K\1(K\2K\x031.")
    raw("pop_of_mark_then_append", b"](0K\1a.")
    raw("dup_of_list", b"]2\x86.")
    raw("dict_odd", b"(K\1d.")
    raw("dict_equal_keys", b"(K\1K\2I01\nK\3d.")
    raw("dict_unhashable_keys", b"(]K\2]K\3d.")
    raw("list_by_mark", b"(K\1K\2l.")
    raw("unmarked_values_under_tuple", b"K\1(K\2t.")


def text_arguments():
    lines = {
        "INT": (b"I", [b"", b"0", b"1", b"00", b"01", b"+1", b"-1", b"-0", b"+0", b" 1", b"1 ", b" 1 ", b"\t1", b"\x0b1", b"\xa01", b"10", b"010", b"08",
                       b"0o10", b"0b11", b"0x1F", b"0X1f", b"0x", b"0b2", b"-0x10", b"- 1", b"+-1", b"1_0", b"1__0", b"_1", b"1_", b"0_1", b"0x_1", b"1L",
                       b"1.0", b"abc", b" ", b"\0", b"1\0x", b"\0\0", b"0\0", b"1\0", b"9223372036854775807", b"9223372036854775808",
                       b"-9223372036854775808", b"-9223372036854775809", b"0777777777777777777777", b"01777777777777777777777", b"0xffffffffffffffffffff",
                       b"000000000000000000000000000000000000001", b"1\r", b"1 2", b"\xd9\xa1", b"1e5", b"00x1", b"000", b"+01", b"0L"]),
        "LONG": (b"L", [b"", b"L", b"0L", b"1L", b"1", b"-1L", b"+1L", b" 1 L", b"1 ", b"1LL", b"010L", b"00L", b"0_0L", b"0x10L", b"0b11L", b"0o17L", b"1_0L",
                        b"1__0L", b"_1L", b"0x_fL", b"1l", b"1\0L", b"\0L", b"1.5L", b"- 1L", b"9" * 40 + b"L", b"-" + b"9" * 40 + b"L", b"1\rL", b"1\r"]),
        "FLOAT": (b"F", [b"", b"1", b"1.", b".5", b".", b"1.5", b"-1.5", b"+1.5", b" 1.5", b"1.5 ", b"1e5", b"1E5", b"1e+5", b"1e-5", b"1e", b"1e+", b"e5",
                         b"1_0.5", b"0x1p3", b"inf", b"-inf", b"+inf", b"Infinity", b"-INFINITY", b"infi", b"nan", b"-nan", b"NaN", b"nan(1)", b"1e308", b"1e309",
                         b"-1e309", b"1e-400", b"-1e-400", b"1e99999999999", b"1e-99999999999", b"0e99999999999", b"1.5\0x", b"\0", b"1,5", b"1.5L", b"--1", b"1.7976931348623159e308",
                         b"1.7976931348623158e308", b"4.9e-324", b"2e-324", b"0." + b"1" * 800, b"1" * 309, b"1" * 310, b"1.5\r", b"1.5f", b"-0.0", b"-0", b"1.e1", b"\t1"]),
        "STRING": (b"S", [b"", b"'", b"''", b"'a'", b'"a"', b"'a\"", b"a", b"'a", b"a'", b" 'a'", b"'a' ", b"'a'\r", b"'a'b'", b"'\\n\\t\\r\\a\\b\\f\\v\\\\\\'\\\"'",
                          b"'\\x41'", b"'\\x4'", b"'\\xg1'", b"'\\x'", b"'\\101'", b"'\\1'", b"'\\18'", b"'\\377'", b"'\\400'", b"'\\777'", b"'\\8'", b"'\\q'", b"'\\u0041'",
                          b"'\\'", b"'\\\\'", b"'a\\'", b"'\xc3\xa9'", b"'\xff'", b"'a\0b'", b"'''", b"'\"'", b"\"'\"", b"'\\N{x}'"]),
        "UNICODE": (b"V", [b"", b"a", b"\xe9", b"\xc3\xa9", b"\\", b"\\\\", b"\\\\\\", b"\\n", b"\\u0041", b"\\\\u0041", b"\\\\\\u0041", b"\\u004", b"\\u", b"\\u00g1", b"\\u 041",
                           b"\\U00000041", b"\\U0001F600", b"\\U0010ffff", b"\\U00110000", b"\\U0001F60", b"\\ud800", b"\\ud83d\\ude00", b"\\ude00\\ud83d", b"\\x41", b"a\0b",
                           b"\r", b"\\u000a", b"\xff\\u20ac", b"\\ud83d\\U0000de00", b"\\U0000d83d"]),
        "PERSID": (b"P", [b"", b"a", b" a b ", b"\xe9", b"a\0b", b"\r", b"'a'", b"$x"]),
        "GLOBAL": (b"c", [b"m\nC", b"\nC", b"m\n", b"\n", b"m n\nC", b" \n ", b"\xc3\xa9\nC", b"\xe9\nC", b"m\n\xff", b"m\r\nC\r", b"m\0\nC", b"a.b\nc.d", b"\xed\xa0\x80\nC", b"$\n$"]),
        "INST": (b"(i", [b"m\nC", b"\nC", b"m\n", b"\n", b"\xc3\xa9\nC", b"m\n\xc3\xa9", b" \nC ", b"__builtin__\nset", b"UserDict\nUserDict"]),
        "GET": (b"K\7p0\nK\x08p12\ng", [b"0", b"", b"12", b" 0", b"0 ", b"+0", b"-0", b"00", b"1_2", b"012", b"0x0", b"0L", b"1", b"-1", b"a", b"0\0a", b"99999999999999999999", b"\r0", b"0\r"]),
        "PUT": (b"K\7p", [b"0", b"", b" 0", b"0 ", b"+1", b"-0", b"-1", b"01", b"1_2", b"0x0", b"0L", b"a", b"1\0a", b"2147483648", b"9223372036854775807",
                          b"9223372036854775808", b"-9223372036854775809", b"99999999999999999999"]),
    }
    for name, (op, args) in lines.items():
        for n, arg in enumerate(args):
            raw("%s_%02d" % (name, n), op + arg + b"\n.")
        raw(name + "_no_line_end", op + args[1])
    raw("GLOBAL_second_line_missing", b"cm\nC")
    raw("INST_second_line_missing", b"(im\nC")
    raw("INST_arguments", b"(K\1K\2im\nC\n.")
    raw("INST_without_mark_and_lines", b"i")
    raw("STRING_utf8_text_key", b"(S'a'\nI1\nVa\nI2\nd.")


def binary_arguments():
    heads = {"BININT": b"J\0\0\0", "BININT2": b"M\0", "BININT1": b"K", "BINFLOAT": b"G\0\0\0\0\0\0\0", "PROTO": b"\x80", "EXT1": b"\x82", "EXT2": b"\x83\0",
             "EXT4": b"\x84\0\0\0", "LONG1": b"\x8a", "LONG4": b"\x8b\0\0\0", "BINBYTES": b"B\0\0\0", "SHORT_BINBYTES": b"C", "BINSTRING": b"T\0\0\0", "SHORT_BINSTRING": b"U",
             "BINUNICODE": b"X\0\0\0", "SHORT_BINUNICODE": b"\x8c", "BINUNICODE8": b"\x8d\0\0\0\0\0\0\0", "BINBYTES8": b"\x8e\0\0\0\0\0\0\0",
             "BYTEARRAY8": b"\x96\0\0\0\0\0\0\0", "FRAME": b"\x95\0\0\0\0\0\0\0", "BINGET": b"h", "LONG_BINGET": b"j\0\0\0", "BINPUT": b"Nq", "LONG_BINPUT": b"Nr\0\0\0"}
    for name, head in heads.items():
        raw("truncated_" + name, head)
    counted = {"LONG1": b"\x8a", "BINBYTES": b"B", "SHORT_BINBYTES": b"C", "BINSTRING": b"T", "SHORT_BINSTRING": b"U", "BINUNICODE": b"X", "SHORT_BINUNICODE": b"\x8c",
               "BINUNICODE8": b"\x8d", "BINBYTES8": b"\x8e", "BYTEARRAY8": b"\x96", "LONG4": b"\x8b", "FRAME": b"\x95"}
    for name, op in counted.items():
        size = 8 if name.endswith("8") or name == "FRAME" else 1 if name.startswith("SHORT") or name == "LONG1" else 4
        raw("one_byte_too_few_" + name, b"\x80\5" + op + (3).to_bytes(size, "little") + b"a.")
        raw("longest_length_" + name, b"\x80\5" + op + b"\xff" * size + b"a.")
        raw("high_bit_length_" + name, b"\x80\5" + op + b"\0" * (size - 1) + b"\x80a.")
        if name != "FRAME":
            raw("empty_" + name, b"\x80\5" + op + b"\0" * size + b".")
            raw("three_bytes_" + name, b"\x80\5" + op + (3).to_bytes(size, "little") + b"abc.")
            raw("not_utf8_" + name, b"\x80\5" + op + (2).to_bytes(size, "little") + b"\xc3(.")
            raw("surrogate_" + name, b"\x80\5" + op + (3).to_bytes(size, "little") + b"\xed\xb0\x80.")
    for n, text in enumerate([b"\xc0\x80", b"\xed\xa0", b"\xed\xa0\x80\xed\xb0\x80", b"\xed\xb0\x80\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf0\x80\x80\x80", b"\xe0\x80\x80",
                              b"\xf0\x9f\x98\x80", b"\xef\xbf\xbf", b"\xf4\x8f\xbf\xbf", b"\xed\x9f\xbf", b"\xee\x80\x80", b"\x80", b"a\xed", b"\xed\xc0\x80", b"\0", b"\x7f\xc2\x80"]):
        raw("utf8_%02d" % n, b"\x80\4\x8c" + bytes([len(text)]) + text + b".")
        raw("py2_utf8_%02d" % n, b"\x80\2U" + bytes([len(text)]) + text + b".")
    for n, long in enumerate([b"\0", b"\xff", b"\x7f", b"\x80", b"\xff\0", b"\0\0\0", b"\xff\xff\xff", b"\0\x80", b"\xff\xff\xff\xff\xff\xff\x1f", b"\0\0\0\0\0\0\x20",
                              b"\xff\xff\xff\xff\xff\xff\xdf", b"\1\0\0\0\0\0\xe0", b"\xff" * 8, b"\0" * 7 + b"\x80", b"\0" * 8 + b"\1"]):
        raw("long1_%02d" % n, b"\x80\2\x8a" + bytes([len(long)]) + long + b".")
        raw("long4_%02d" % n, b"\x80\2\x8b" + struct.pack("<i", len(long)) + long + b".")
    for bits in (4095, 4096):
        for sign in (1, -1):
            v = sign * 2**bits
            data = v.to_bytes(bits // 8 + 2, "little", signed=True)
            raw("int_%s2_to_%d" % ("minus_" if sign < 0 else "", bits), b"\x80\2\x8b" + struct.pack("<i", len(data)) + data + b".")
    for n, x in enumerate([0.0, -0.0, 1.0, -1.0, 0.1, 1e15, 1e16, 1e17, 1e21, 1e22, 1e23, 1.5e300, 1e-4, 1e-5, 123456789012345680.0, 5e-324, 2.2250738585072014e-308,
                           1.7976931348623157e308, 9007199254740993.0, 2.0**53, float("inf"), float("-inf"), 4.35, 2e-7, 9.5367431640625e-07, 1e100, 2.0**70, 0.3]):
        raw("float_%02d" % n, b"G" + struct.pack(">d", x) + b".")
    for n, bits in enumerate([0x7FF8000000000000, 0x7FF0000000000001, 0xFFF8000000000000, 0xFFFFFFFFFFFFFFFF]):
        raw("nan_%d" % n, b"G" + struct.pack(">Q", bits) + b".")
    for code in range(256):
        if chr(code) not in "(.012FIJKLMNPQRSTUVXabcd}eghijl]opqrst)uGBC" and not 0x80 <= code <= 0x98:
            raw("opcode_%02x" % code, b"\x80\5N" + bytes([code]) + b".")
    for p in range(7):
        raw("proto_%d" % p, b"\x80" + bytes([p]) + b"N.")
    raw("proto_255", b"\x80\xffN.")
    for op, codes in ((b"\x82", [b"\0", b"\1", b"\xff"]), (b"\x83", [b"\0\0", b"\1\0", b"\xff\xff"]),
                      (b"\x84", [b"\0\0\0\0", b"\1\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\xff\xff\xff\xff"])):
        for n, arg in enumerate(codes):
            raw("ext%d_%d" % (len(arg), n), b"\x80\2" + op + arg + b".")


def frames_and_memo():
    raw("frame_exact", b"\x80\4\x95\3\0\0\0\0\0\0\0K\1.")
    raw("frame_too_short", b"\x80\4\x95\1\0\0\0\0\0\0\0K\1.")
    raw("frame_one_too_long", b"\x80\4\x95\4\0\0\0\0\0\0\0K\1.")
    raw("frame_empty", b"\x80\4\x95\0\0\0\0\0\0\0\0K\1.")
    raw("frame_in_frame", b"\x80\4\x95\x0c\0\0\0\0\0\0\0\x95\3\0\0\0\0\0\0\0K\1.")
    raw("frame_in_frame_longer", b"\x80\4\x95\x09\0\0\0\0\0\0\0\x95\3\0\0\0\0\0\0\0K\1.")
    raw("frame_without_proto", b"\x95\3\0\0\0\0\0\0\0K\1.")
    raw("frame_holds_trailing", b"\x80\4\x95\5\0\0\0\0\0\0\0K\1.ab")
    raw("frame_ends_in_text_line", b"\x95\3\0\0\0\0\0\0\0I10\n.")
    raw("memo_overwritten", b"K\1q\0K\2q\0h\0\x86.")
    raw("memo_sparse", b"K\1r\xff\xff\xff\x7fj\xff\xff\xff\x7f\x86.")
    raw("memo_sparse_unsigned", b"K\1r\xff\xff\xff\xffj\xff\xff\xff\xff\x86.")
    raw("memo_text_and_binary", b"K\1p1\nh\1\x86.")
    raw("memo_text_far", b"K\1p70000\ng70000\n\x86.")
    raw("memoize_counts_slots", b"\x80\4K\1q\5K\2\x94K\3\x94h\1h\2\x87.")
    raw("memoize_over_put", b"\x80\4K\1q\1K\2\x94h\1\x86.")
    raw("memoize_overwrites_and_counts", b"\x80\4K\1q\1K\2\x94K\3\x94h\1h\2\x87.")
    raw("get_unset", b"h\0.")
    raw("long_get_unset", b"j\0\0\0\0.")
    raw("get_after_pop", b"]q\x000h\0.")
    raw("memo_of_value_under_mark", b"](q\0.")
    raw("frame_between", b"\x80\4K\1\x95\2\0\0\0\0\0\0\0K\2\x86.")
    for p in range(6):
        raw("name_mapping_p%d" % p, b"\x80" + bytes([p]) + t(g("__builtin__", "set"), g("copy_reg", "_reconstructor"), g("UserDict", "UserDict"),
                                                             g("exceptions", "ValueError"), g("itertools", "izip"), g("__builtin__", "reduce"), g("Tix", "Tix"),
                                                             g("builtins", "set"), g("urllib", "urlopen"), g("exceptions", "StandardError"), g("cPickle", "loads"), g("__builtin__", "str")) + b".")
        raw("stack_global_mapping_p%d" % p, b"\x80" + bytes([p]) + b"\x8c\x0b__builtin__\x8c\x04long\x93.")
    raw("name_mapping_changes_with_proto", b"\x80\2" + g("__builtin__", "set") + b"\x80\3" + g("__builtin__", "set") + b"\x80\2" + g("__builtin__", "set") + b"\x87.")
    for n, name in enumerate(["\u00e9t\u00e9", "a b", "x" * 600, "\x7f", " set", "set ", "set.add"]):
        case("name_mapping_module_%d" % n, g("__builtin__", name))
        case("stack_global_mapping_module_%d" % n, u("__builtin__"), u(name), b"\x93")
    for n, name in enumerate(["set\nx", "", "\n", "\ud800"]):
        case("stack_global_mapping_odd_%d" % n, u("__builtin__"), u(name), b"\x93")
        case("stack_global_mapping_odd_module_%d" % n, u("__builtin__" + name), u("set"), b"\x93")
    raw("name_mapping_without_proto", g("__builtin__", "set") + b".")
    raw("stack_global_empty_names", b"\x80\4\x8c\0\x8c\0\x93.")
    raw("stack_global_surrogate", b"\x80\4\x8c\3\xed\xa0\x80\x8c\1a\x93.")
    raw("stack_global_surrogate_pair", b"\x80\4\x8c\6\xed\xa0\xbd\xed\xb8\x80\x8c\1a\x93.")
    raw("class_surrogate_pair", b"\x80\4\x8c\6\xed\xa0\xbd\xed\xb8\x80\x8c\1a\x93)\x81.")
    raw("call_surrogate_pair", b"\x80\4\x8c\1m\x8c\6\xed\xa0\xbd\xed\xb8\x80\x93)R.")
    raw("name_surrogate_halves", b"\x80\4\x8c\3\xed\xa0\xbd\x8c\3\xed\xb8\x80\x93.")
    raw("stack_global_py2_not_utf8", b"\x80\4U\1\xff\x8c\1a\x93.")
    raw("stack_global_dotted", b"\x80\4\x8c\1m\x8c\3a.b\x93.")


def folding():
    latin = u("a\xff")
    n = 0
    for args in [(latin, u("latin1")), (latin, s2(b"latin1")), (s2(b"a\xc3\xbf"), u("latin1")), (s2(b"\xff"), u("latin1")), (latin, u("latin-1")), (latin, u("utf-8")),
                 (u("\u20ac"), u("latin1")), (latin,), (), (latin, u("latin1"), i(1)), (b(b"a"), u("latin1")), (u(""), u("latin1")), (latin, b"N")]:
        case("codecs_encode_%02d" % n, call("_codecs", "encode", *args))
        n += 1
    for n, args in enumerate([(), (b(b"a"),), (u("a"),), (i(3),), (u("a"), u("latin1")), (b"]",)]):
        case("bytes_%02d" % n, call("__builtin__", "bytes", *args))
    for n, args in enumerate([(), (b(b"a"),), (b"\x96\1\0\0\0\0\0\0\0a",), (s2(b"a"),), (s2(b"\xff"),), (latin, u("latin-1")), (latin, s2(b"latin-1")), (s2(b"a"), u("latin-1")),
                              (latin, u("latin1")), (u("\u20ac"), u("latin-1")), (i(3),), (b"N",), (latin, u("latin-1"), u("strict")), (s2(b"\xff"), u("latin-1")),
                              (call("_codecs", "encode", latin, u("latin1")),)]):
        case("bytearray_%02d" % n, call("__builtin__", "bytearray", *args))
    for name in ("set", "frozenset"):
        for n, args in enumerate([(), (b"]",), (l(i(1), i(2), i(1)),), (l(i(1), b"\x88", f(1.0)),), (b")",), (t(i(1)),), (b"\x8f",), (l(i(1)), i(2)), (l(b"]", b"]"),), (u("a"),), (b"N",)]):
            case("%s_%02d" % (name, n), call("__builtin__", name, *args))
    case("set_takes_the_list_as_it_is_then", l(i(1)), put(0), call("__builtin__", "set", get(0)), get(0), i(2), b"a\x86")
    case("set_fold_additems", call("__builtin__", "set", l(i(1))), b"(", i(1), i(2), b"\x90", proto=2)
    case("bytes_fold_is_key", d(call("_codecs", "encode", u("a"), u("latin1")), i(1), b(b"a"), i(2)))
    case("set_at_protocol_4_by_old_name", call("__builtin__", "set", b"]"), proto=4)
    case("set_at_protocol_4_by_new_name", call("builtins", "set", b"]"), proto=4)
    case("set_at_protocol_0_by_new_name", call("builtins", "set", b"]"), proto=0)
    c, o = g("m", "C"), g("__builtin__", "object")
    bases = [(c, o, b"N"), (c, o, i(1)), (c, g("__builtin__", "list"), l(i(1), i(2))), (c, g("__builtin__", "list"), t(i(1))), (c, g("__builtin__", "list"), b"N"),
             (c, g("__builtin__", "list"), b"]"), (c, g("__builtin__", "dict"), d(u("a"), i(1))), (c, g("__builtin__", "dict"), b"}"), (c, g("__builtin__", "dict"), b"]"),
             (c, g("__builtin__", "int"), i(4)), (c, g("__builtin__", "long"), i(4)), (c, g("__builtin__", "unicode"), u("a")), (c, g("__builtin__", "str"), s2(b"a")),
             (c, g("__builtin__", "tuple"), t(i(1), i(2))), (c, g("__builtin__", "tuple"), b")"), (c, g("__builtin__", "float"), f(1.5)), (c, g("__builtin__", "int"), b"N"),
             (c, g("__builtin__", "set"), b"\x8f"), (c, g("m", "Base"), i(1)), (c, g("datetime", "date"), b"N"), (c, o), (c, o, b"N", b"N"), (c,), (), (i(1), o, b"N"), (u("a"), o, b"N"),
             (b"Px\n", o, b"N"), (b"\x82\5", o, b"N"), (call("m", "make"), o, b"N"), (obj(), o, b"N"), (call("__builtin__", "set", b"]"), o, b"N"), (c, c, b"N"), (c, b"N", b"N"), (c, u("object"), b"N"),
             (g("m", "C"), g("__builtin__", "dict"), d(i(1), i(2), b"\x88", i(3)))]
    for n, args in enumerate(bases):
        case("reconstructor_%02d" % n, call("copy_reg", "_reconstructor", *args))
    case("reconstructor_takes_the_list_then", l(i(1)), put(0), call("copy_reg", "_reconstructor", c, g("__builtin__", "list"), get(0)), get(0), i(2), b"a\x86")
    case("reconstructor_takes_the_dict_then", d(i(1), i(1)), put(0), call("copy_reg", "_reconstructor", c, g("__builtin__", "dict"), get(0)), get(0), i(2), i(2), b"s\x86\x86")
    case("reconstructor_list_then_more", call("copy_reg", "_reconstructor", c, g("__builtin__", "list"), l(i(1))), b"(", i(2), b"e")
    case("reconstructor_built", call("copy_reg", "_reconstructor", c, o, b"N"), d(u("a"), i(1)), b"b")
    case("reconstructor_protocol_3_old_name", call("copy_reg", "_reconstructor", c, g("builtins", "object"), b"N"), proto=3)
    case("reconstructor_protocol_3_new_name", call("copyreg", "_reconstructor", c, g("builtins", "object"), b"N"), proto=3)
    for n, args in enumerate([(), (c,), (c, i(1), u("a")), (i(1),), (c, t(i(1))), (b"\x82\5", i(1)), (b"Px\n",)]):
        case("newobj_call_%02d" % n, call("copy_reg", "__newobj__", *args))
    for n, args in enumerate([(c, b")", b"}"), (c, t(i(1)), d(u("k"), i(2))), (c, b")"), (c,), (), (c, b"]", b"}"), (c, b")", b"N"), (i(1), b")", b"}"), (c, b")", d(i(1), i(2)))]):
        case("newobj_ex_call_%02d" % n, call("copyreg", "__newobj_ex__", *args))
    case("newobj_ex_call_takes_the_dict_then", d(u("k"), i(1)), put(0), call("copyreg", "__newobj_ex__", c, b")", get(0)), get(0), u("z"), i(2), b"s\x86\x86")
    case("newobj_ex_keeps_its_dict", d(u("k"), i(1)), put(0), c, b")", get(0), b"\x92", get(0), u("z"), i(2), b"s\x86\x86")
    case("newobj_ex_keywords_are_state", d(u("k"), i(1)), put(0), c, b")", get(0), b"\x92", get(0), b"b", b"\x86", proto=4)
    for n, args in enumerate([(c, u("D")), (c, s2(b"D")), (c, u("D.E")), (c, u("")), (obj(), u("m")), (c, i(1)), (c, u("D"), b"N"), (c,), (call("__builtin__", "getattr", c, u("D")), u("E")),
                              (c, s2(b"\xff")), (b"\x82\5", u("D"))]):
        case("getattr_%02d" % n, call("__builtin__", "getattr", *args))
    case("getattr_is_a_class", call("__builtin__", "getattr", c, u("D")), b")\x81")
    case("getattr_equal_to_name", d(call("__builtin__", "getattr", c, u("D")), i(1), b"\x8c\1m\x8c\3C.D\x93", i(2)), proto=2)
    case("folded_twice_is_one_value", call("__builtin__", "set", b"]"), put(0), get(0), b"\x86")


def well_known():
    full = b"\x07\xe8\x05\x01\x0c\x00\x00\x00\x00\x7b"
    utc = call("datetime", "timezone", call("datetime", "timedelta", i(0), i(0), i(0)))
    for n, args in enumerate([(b(full),), (s2(full),), (b(full), utc), (b(full), b"N"), (b(full[:9]),), (b(full + b"\0"),), (u("x" * 10),), (b"\x96\x0a\0\0\0\0\0\0\0" + full,), (b(full), utc, i(1)), (),
                              (b(full), i(5)), (b(full), g("pytz", "UTC")), (b(b"\7\xe8\x85\1" + full[4:]),), (b(b"\0\0\1\1" + full[4:]),), (b(b"\0\1\1\1" + full[4:]),), (b(b"\x27\x0f\x0c\x1f" + full[4:]),),
                              (b(b"\x27\x10\1\1" + full[4:]),), (b(b"\7\xe7\2\x1d" + full[4:]),), (b(b"\7\xe8\2\x1d" + full[4:]),), (b(b"\7\x6c\2\x1d" + full[4:]),), (b(b"\7\xd0\2\x1d" + full[4:]),),
                              (b(b"\7\xe8\0\1" + full[4:]),), (b(b"\7\xe8\x0d\1" + full[4:]),), (b(b"\7\xe8\1\0" + full[4:]),), (b(b"\7\xe8\1\x20" + full[4:]),), (b(b"\7\xe8\4\x1f" + full[4:]),),
                              (b(full[:4] + b"\x18\0\0\0\0\0"),), (b(full[:4] + b"\0\x3c\0\0\0\0"),), (b(full[:4] + b"\0\0\x3c\0\0\0"),), (b(full[:4] + b"\x17\x3b\x3b\x0f\x42\x3f"),),
                              (b(full[:4] + b"\0\0\0\x0f\x42\x40"),), (b(full[:4] + b"\0\0\0\0\0\0"),), (s2(b"abcdefghij"),), (i(2024), i(5), i(1)), (call("_codecs", "encode", u(full.decode("latin-1")), u("latin1")),),
                              (call("_codecs", "encode", u(full.decode("latin-1")), u("latin1")), utc)]):
        case("datetime_%02d" % n, call("datetime", "datetime", *args))
    for n, args in enumerate([(b(full[:4]),), (s2(full[:4]),), (b(full[:3]),), (b(b"\7\xe8\x85\1"),), (b(full[:4]), b"N"), (b(full[:4]), utc), (b(b"\0\1\1\1"),), (b(b"\0\0\1\1"),), (u("\7d\2\n"),), (i(2024), i(1), i(1)),
                              (s2(b"\7d\2\n"),), (b(b"\x27\x0f\x0c\x1f"),), (b(b"\7\xe7\2\x1d"),)]):
        case("date_%02d" % n, call("datetime", "date", *args))
    for n, args in enumerate([(b(b"\3\4\5\0\0\0"),), (b(b"\3\4\5\0\0\1"),), (b(b"\x83\4\5\0\0\0"),), (b(b"\x83\4\5\0\0\0"), utc), (b(b"\x18\0\0\0\0\0"),), (b(b"\x98\0\0\0\0\0"),), (b(b"\0\x3c\0\0\0\0"),), (b(b"\0\0\x3c\0\0\0"),),
                              (b(b"\0\0\0\x0f\x42\x40"),), (b(b"\x17\x3b\x3b\x0f\x42\x3f"),), (s2(b"\0\0\0\0\0\0"),), (b(b"\0\0\0\0\0\0"), b"N"), (b(b"\0\0\0\0\0"),), ()]):
        case("time_%02d" % n, call("datetime", "time", *args))
    for n, args in enumerate([(i(0), i(0), i(0)), (i(1), i(86399), i(999999)), (i(1), i(86400), i(0)), (i(1), i(0), i(1000000)), (i(-1), i(0), i(0)), (i(-999999999), i(0), i(0)), (i(999999999), i(86399), i(999999)),
                              (i(1000000000), i(0), i(0)), (i(-1000000000), i(0), i(0)), (i(0), i(-1), i(0)), (i(0), i(0), i(-1)), (b"\x88", i(0), i(0)), (f(1.0), i(0), i(0)), (i(1),), (), (i(1), i(2), i(3), i(4)), (i(1), i(2), b"N")]):
        case("timedelta_%02d" % n, call("datetime", "timedelta", *args))
    for n, text in enumerate(["0", "-0", "1", "-1", "1.10", "1.", ".5", "0.5", "00", "01", "+1", " 1", "1 ", "1_0", "1e5", "1E5", "1E+5", "1E+05", "1E-5", "0.00001", "0.000001", "0.0000001", "1E-7", "1E-6", "1.0E-7", "10E-8", "12E+1", "1.2E+2",
                              "120", "0E+1", "0E-6", "0E-7", "0.000000", "0E+0", "0E1", "NaN", "nan", "-NaN", "sNaN", "NaN1", "NaN01", "NaN0", "sNaN123", "-sNaN5", "Infinity", "-Infinity", "Inf", "infinity", "", "-", "E5", "xx", "1E+999999999999999999",
                              "1E+1000000000000000000", "1E-1999999999999999997", "1E-1999999999999999998", "9.99E+999999999999999999", "1.5E+1000000000000000000", "\u0661", "1\u0661", "123456789012345678901234567890", "1" * 60 + ".5", "-1.5E-10",
                              "0.10", "0E-1999999999999999997", "1E+9", "1E+1", "1.0E+1", "10", "0.0", "-0.00", "-0E+2", "1.E+5", "-0E-8", "\ud800", "1\0", "1\n", "100E-3", "0.100", "1E-10"]):
        case("decimal_%02d" % n, call("decimal", "Decimal", u(text)))
    for n, args in enumerate([(s2(b"1.10"),), (s2(b"\xff"),), (i(1),), (), (u("1"), b"N"), (b(b"1"),), (f(1.5),)]):
        case("decimal_arguments_%02d" % n, call("decimal", "Decimal", *args))
    case("decimal_built", call("decimal", "Decimal", u("1")), d(u("a"), i(1)), b"b")
    case("decimal_appended", call("decimal", "Decimal", u("1")), i(1), b"a")
    case("decimal_by_newobj", g("decimal", "Decimal"), u("1"), b"\x85\x81")
    case("decimal_other_module", call("_decimal", "Decimal", u("1")))
    case("decimal_nothing_set", call("decimal", "Decimal", u("1")), b"(u(e")
    uuid = g("uuid", "UUID") + b")\x81"
    for n, state in enumerate([d(u("int"), i(5)), d(s2(b"int"), i(5)), d(u("int"), i(2**128 - 1)), d(u("int"), i(2**128)), d(u("int"), i(-1)), d(u("int"), b"\x88"), d(u("int"), u("5")), b"}", d(u("int"), i(5), u("is_safe"), i(1)),
                               d(u("int"), i(5), u("is_safe"), b"N"), t(b"N", d(u("int"), i(5))), d(u("hex"), i(5)), b"N", d(u("int"), i(0))]):
        case("uuid_%02d" % n, uuid, state, b"b")
    case("uuid_without_state", uuid)
    case("uuid_twice_built", uuid, d(u("int"), i(5)), b"b", d(u("int"), i(6)), b"b")
    case("uuid_arguments", g("uuid", "UUID"), u("x"), b"\x85\x81", d(u("int"), i(5)), b"b")
    case("uuid_by_reduce", call("uuid", "UUID"), d(u("int"), i(5)), b"b")
    case("uuid_by_reconstructor", call("copy_reg", "_reconstructor", g("uuid", "UUID"), g("__builtin__", "object"), b"N"), d(u("int"), i(5)), b"b")
    case("uuid_by_inst", b"(iuuid\nUUID\n", d(u("int"), i(5)), b"b")
    case("uuid_by_newobj_ex", g("uuid", "UUID"), b")}\x92", d(u("int"), i(5)), b"b", proto=4)
    case("uuid_by_newobj_ex_keywords", g("uuid", "UUID"), b")", d(u("k"), i(1)), b"\x92", d(u("int"), i(5)), b"b", proto=4)
    case("uuid_state_shared", uuid, d(u("int"), i(5)), put(0), b"b", get(0), b"\x86")
    case("uuid_state_of_two", uuid, d(u("int"), i(5)), put(0), b"b", obj(get(0)), b"\x86")
    case("uuid_shared", uuid, d(u("int"), i(5)), b"b", put(0), get(0), b"\x86")
    for n, args in enumerate([(f(1.0), f(-2.5)), (f(float("nan")), f(float("inf"))), (f(-0.0), f(0.0)), (i(1), f(1.0)), (f(1.0),), (), (f(1.0), f(1.0), f(1.0)), (b"\x88", f(0.0))]):
        case("complex_%02d" % n, call("__builtin__", "complex", *args))
    case("complex_shared", call("__builtin__", "complex", f(1.0), f(2.0)), put(0), get(0), b"\x86")
    pair = l(i(1), u("a"))
    od = ("collections", "OrderedDict")
    for n, args in enumerate([(), (b"]",), (l(pair),), (l(pair, l(i(2), b"N")),), (l(pair, l(i(1), b"N")),), (l(t(i(1), i(2))),), (t(pair),), (l(l(i(1))),), (l(l(i(1), i(2), i(3))),), (b"}",), (l(pair), b"N"), (b")",), (l(i(1)),)]):
        case("ordereddict_%02d" % n, call(*od, *args))
    case("ordereddict_set", call(*od), b"(", u("b"), i(1), u("a"), i(2), b"u")
    case("ordereddict_equal", call(*od), b"(", i(1), i(1), u("a"), i(2), b"\x88", i(3), f(1.0), i(4), b"u")
    case("ordereddict_set_after_list", call(*od, l(pair)), i(3), i(4), b"s")
    case("ordereddict_built", call(*od), d(u("x"), i(1)), b"b")
    case("ordereddict_built_none", call(*od), b"Nb")
    case("ordereddict_appended", call(*od), i(1), b"a")
    case("ordereddict_nothing_set", call(*od), b"(u")
    case("ordereddict_recursive", call(*od), put(0), u("me"), get(0), b"s")
    case("ordereddict_text_keys", call(*od), u("a"), call(*od), b"s")
    case("ordereddict_list_shared", l(pair), put(0), call(*od, get(0)), b"\x86")
    case("ordereddict_pair_shared", pair, put(0), call(*od, l(get(0))), b"\x86")
    case("ordereddict_list_changed", b"]", put(0), call(*od, get(0)), get(0), pair, b"a0")
    case("ordereddict_list_spoiled", b"]", put(0), call(*od, get(0)), get(0), i(1), b"a0")
    case("ordereddict_overwritten_state", call(*od), b"(", i(1), d(u("a"), i(1)), put(0), i(1), i(2), b"u", obj(get(0)), b"\x86")
    case("ordereddict_overwritten_is_not_shown", call(*od), b"(", i(1), b"]", put(0), i(1), i(2), b"u", get(0), b"\x86")
    case("ordereddict_by_newobj", g(*od), b")\x81")
    dd = ("collections", "defaultdict")
    for n, args in enumerate([(), (g("__builtin__", "list"),), (b"N",), (g("__builtin__", "list"), b"}"), (i(5),), (call("functools", "partial", g("m", "f")),)]):
        case("defaultdict_%02d" % n, call(*dd, *args))
        case("defaultdict_set_%02d" % n, call(*dd, *args), b"(", u("a"), i(1), i(2), b"]", u("a"), i(3), b"u")
    case("defaultdict_built", call(*dd, g("m", "f")), b"}b")
    case("defaultdict_recursive", call(*dd, g("m", "f")), put(0), i(1), get(0), b"s")
    case("defaultdict_factory_shared", call("m", "make"), put(0), call(*dd, get(0)), b"\x86")
    dq = ("collections", "deque")
    for n, args in enumerate([(), (b")",), (b")", i(2)), (b")", b"N"), (b")", i(0)), (b")", i(-1)), (b")", b"\x88"), (b")", i(2**63 - 1)), (b")", i(2**63)), (b")", f(2.0)), (b"]",), (l(i(1), i(2)),), (l(i(1), i(2)), i(2)), (l(i(1), i(2)), i(1)),
                              (l(i(1)), b"N"), (b"N", i(2)), (t(i(1)), i(2)), (t(i(1)),), (b")", i(2), i(3)), (b"]", i(0)), (b"\x8f",)]):
        case("deque_%02d" % n, call(*dq, *args))
        case("deque_appended_%02d" % n, call(*dq, *args), b"(", i(7), i(8), b"e")
    case("deque_one_appended", call(*dq, b")", i(1)), i(1), b"a")
    case("deque_over_maxlen", call(*dq, b")", i(1)), i(1), b"a", i(2), b"a")
    case("deque_built", call(*dq), b"}b")
    case("deque_set", call(*dq), i(1), i(2), b"s")
    case("deque_recursive", call(*dq), put(0), get(0), b"a")
    case("deque_nothing_appended", call(*dq, l(i(1))), b"(e")
    case("deque_added", call(*dq), b"(", i(1), b"\x90")
    case("deque_list_shared", l(i(1)), put(0), call(*dq, get(0)), b"\x86")
    case("known_by_old_protocol_names", b"\x80\4" + g("__builtin__", "complex") + f(1.0) + f(2.0) + b"\x86R")
    case("known_in_args", call("m", "f", call("decimal", "Decimal", u("1"))))
    case("known_shared", call("datetime", "date", b(full[:4])), put(0), get(0), get(0), b"\x87")
    case("known_tz_shared", utc, put(0), call("datetime", "time", b(b"\0\0\0\0\0\0"), get(0)), b"\x86")
    case("known_called", call("decimal", "Decimal", u("1")), b")R")
    case("known_is_class", call("decimal", "Decimal", u("1")), b")\x81")
    case("known_as_state", obj(call("decimal", "Decimal", u("1"))))


def states():
    ab = d(u("a"), i(1), u("b"), i(2))
    for n, state in enumerate([b"}", ab, d(s2(b"a"), i(1)), d(s2(b"\xff"), i(1)), d(u("$a"), i(1)), d(u("$"), i(1)), d(u(""), i(1)), d(u("a$"), i(1)), d(i(1), i(1)), d(u("\ud83d\ude00"), i(1)), d(u("\ud83d"), i(1)),
                               d(u("a"), i(1), s2(b"a"), i(2)), t(b"N", ab), t(b"}", ab), t(ab, b"}"), t(b"N", b"}"), t(b"}", b"}"), t(ab, b"N"), t(b"N", b"N"), t(b"}", b"N"), t(ab, d(u("c"), i(3))), t(ab, d(u("a"), i(3))),
                               t(ab, d(s2(b"a"), i(3))), t(d(u("$a"), i(1)), d(u("c"), i(3))), t(ab, d(u("$c"), i(3))), t(ab, d(i(1), i(3))), t(i(1), ab), t(b"N", ab, b"N"), t(ab), b")", t(l(), ab), l(b"N", ab), t(b"N", b"]"),
                               d(u("a"), i(1), u("a"), i(2)), call("collections", "OrderedDict")]):
        case("inline_%02d" % n, obj(state))
    case("state_dict_shared", obj(ab[:1] + put(0) + ab[1:]), get(0), b"\x86")
    case("state_dict_of_two", obj(ab[:1] + put(0) + ab[1:]), obj(get(0)), b"\x86")
    case("state_dict_holds_object", g("m", "C"), b")\x81", put(0), d(u("me"), get(0)), b"b")
    case("state_dict_holds_itself", obj(b"}" + put(0) + u("me") + get(0) + b"s"))
    case("state_dict_is_the_result", b"}", put(0), u("o"), obj(get(0)), b"s")
    case("state_dict_popped_elsewhere", b"}", put(0), b"0]", put(1), get(0), b"a0", obj(get(0)))
    case("state_dict_in_memo_only", b"}", put(0), b"0", obj(get(0)))
    case("state_overwritten_elsewhere", obj(b"}" + put(0)), d(i(1), get(0), i(1), i(2)), b"\x86")
    case("state_kept_elsewhere", obj(b"}" + put(0)), d(i(1), get(0)), b"\x86")
    case("state_dropped_set_member", obj(b"}" + put(0)), b"\x8f(", i(1), t(get(0)), b"\x90", b"\x86")
    case("state_in_entries_twice", obj(b"}" + put(0)), obj(), b"(", i(1), get(0), i(1), i(2), b"u", b"\x86")
    case("state_in_persid", obj(b"}" + put(0)), get(0), b"Q\x86")
    case("state_in_args", obj(b"}" + put(0)), call("m", "f", get(0)), b"\x86")
    case("state_in_folded_args", obj(b"}" + put(0)), call("copy_reg", "_reconstructor", g("m", "D"), g("__builtin__", "dict"), get(0)), b"\x86")
    case("state_in_folded_list", obj(b"}" + put(0)), call("__builtin__", "set", l(get(0))), b"\x86")
    case("state_is_keywords_elsewhere", obj(b"}" + put(0)), g("m", "D"), b")", get(0), b"\x92\x86", proto=4)
    case("state_is_keywords_of_folded_call", obj(b"}" + put(0)), call("copyreg", "__newobj_ex__", g("m", "D"), b")", get(0)), b"\x86")
    case("state_later_changed", b"}", put(0), b"0", obj(get(0)), get(0), u("a"), i(1), b"s0")
    case("state_built_twice_same", g("m", "C"), b")\x81}", put(0), b"b", get(0), b"b")
    case("state_built_twice", g("m", "C"), b")\x81", d(u("a"), i(1)), b"b", d(u("b"), i(1)), b"b")
    case("state_built_thrice_none", g("m", "C"), b")\x81NbNbNb")
    case("slots_pair_shared", obj(t(b"N", ab) + put(0)), get(0), b"\x86")
    case("slots_dict_shared", obj(t(b"N", b"}" + put(0))), get(0), b"\x86")
    case("slots_first_dict_shared", obj(t(b"}" + put(0), d(u("a"), i(1)))), get(0), b"\x86")
    case("slots_same_dict_twice", b"}", put(0), b"0", obj(t(get(0), get(0))))
    case("slots_pair_is_args", t(b"N", ab), put(0), b"0", g("m", "C"), get(0), b"\x81", get(0), b"b")
    case("slots_values_shared", obj(t(d(u("a"), b"]" + put(0)), d(u("b"), get(0)))))
    case("object_all_parts", g("m", "C"), t(i(1), i(2)), b"\x81", d(u("a"), i(1)), b"b(", i(5), i(6), b"e", b"(", u("k"), i(7), u("k"), i(8), b"u")
    case("object_all_parts_kwargs", g("m", "C"), t(i(1)), d(u("x"), i(2)), b"\x92(", i(5), b"e", b"(", i(1), i(7), b"u", i(3), b"b", i(9), b"a(", i(10), b"\x90", proto=4)
    case("call_all_parts", call("m", "f", i(1)), t(b"N", ab), b"b(", i(5), i(6), b"e", b"(", b"]", i(7), b"u")
    case("call_no_args", call("m", "f"))
    case("class_is_object", obj(d(u("a"), i(1))), b")\x81")
    case("class_is_call", call("m", "f", i(1)), t(i(2)), b"R", t(i(3)), b"\x81")
    case("class_is_ext", b"\x82\5)\x81}b")
    case("class_is_persid", b"Px\n)R")
    case("class_is_itself_shared", obj(), put(0), b")\x81", get(0), b"\x86")
    case("obj_no_args", b"(", g("m", "C"), b"o")
    case("obj_args", b"(", g("m", "C"), i(1), b"]o")
    case("kwargs_not_text", g("m", "C"), b")", d(i(1), i(2), b"]", i(3)), b"\x92", proto=4)
    case("kwargs_empty", g("m", "C"), b")}\x92", proto=4)


def identity():
    shapes = {"list": b"]", "dict": b"}", "set": b"\x8f", "frozenset": b"(\x91", "tuple": i(1) + b"\x85", "empty_tuple": b")", "bytearray": b"\x96\0\0\0\0\0\0\0\0", "object": obj(), "object_state": obj(d(u("a"), i(1))),
              "call": call("m", "f"), "text": u("a"), "name": g("m", "C"), "persid": b"]Q", "ext": b"\x82\5", "buffer": b"\x97", "dict_text": d(u("a"), i(1)), "dict_other": d(i(1), i(1)), "list_full": l(i(1)),
              "decimal": call("decimal", "Decimal", u("1")), "deque": call("collections", "deque", b")", i(3)), "readonly_bytearray": b"\x96\0\0\0\0\0\0\0\0\x98", "frozenset_full": b"(" + i(1) + b"\x91"}
    for name, value in shapes.items():
        case("thrice_" + name, value, put(0), get(0), get(0), b"\x87", proto=5)
        case("in_dict_twice_" + name, d(u("a"), value, put(0), u("b"), get(0)), proto=5)
        case("in_dict_as_key_" + name, d(value + put(0), get(0)), proto=5)
    case("cycle_list", b"]", put(0), get(0), b"a")
    case("cycle_dict", b"}", put(0), u("a"), get(0), b"s")
    case("cycle_dict_key", b"}", put(0), get(0), i(1), b"s")
    case("cycle_tuple", b"]", put(0), get(0), b"\x85", put(1), b"a0", get(1))
    case("cycle_set", b"\x8f", put(0), b"(", get(0), b"\x90")
    case("cycle_frozenset", b"]", put(0), b"(", get(0), b"\x91", put(1), b"a0", get(1))
    case("cycle_object_args", b"]", put(0), g("m", "C"), get(0), b"\x85\x81", put(1), b"a0", get(1))
    case("cycle_object_items", obj(), put(0), get(0), b"a")
    case("cycle_object_entries", obj(), put(0), get(0), get(0), b"s")
    case("cycle_call_state", call("m", "f"), put(0), get(0), b"b")
    case("cycle_persid", b"]", put(0), b"Q", put(1), b"0", get(0), get(1), b"a0", get(1))
    case("cycle_through_class", b"]", put(0), call("m", "f", get(0)), put(1), b")\x81a")
    case("ids_in_order_of_showing", b"]", put(0), b"}", put(1), b"\x8f", put(2), b"0", b"\x86", b"(", get(2), get(1), get(0), get(2), b"t\x86")
    case("id_of_shared_in_shared", l(b"]" + put(0)), put(1), get(0), get(1), b"\x87")
    case("first_shown_in_key", d(t(b"]" + put(0)), get(0)))
    case("shared_in_args_and_items", b"]", put(0), b"0", g("m", "f"), get(0), b"\x85R(", get(0), b"e")
    case("args_tuple_shared", t(b"]"), put(0), b"0", g("m", "f"), get(0), b"R", g("m", "g"), get(0), b"R\x86")
    case("args_tuple_shown_too", t(b"]"), put(0), g("m", "f"), get(0), b"R\x86")
    case("args_atoms_tuple_shown_too", t(i(1)), put(0), g("m", "f"), get(0), b"R\x86")
    case("keywords_shared", d(u("k"), b"]"), put(0), b"0", g("m", "C"), b")", get(0), b"\x92", g("m", "C"), b")", get(0), b"\x92\x86", proto=4)
    case("persid_nested", i(1), b"QQQ", put(0), get(0), b"\x86")
    case("persid_of_tuple_twice", t(i(1), b"]"), b"Q", put(0), get(0), b"\x86")
    case("persid_value_shown_outside", b"]", put(0), b"Q", get(0), b"\x86")
    case("billion_laughs", b"](NNe", *[put(n) + b"]" + b"(" + get(n) + get(n) + b"e" for n in range(30)])
    case("tuple_laughs", b"N", b"2\x86" * 40)
    case("tuple_laughs_as_keys", b"}", put(0), b"N", b"2\x86" * 40, i(1), b"s", b"N", b"2\x86" * 25, i(2), b"s")
    case("readonly_keeps_identity", b"\x96\1\0\0\0\0\0\0\0a", put(0), b"\x98", get(0), b"\x86", proto=5)
    case("buffers_count", b"\x97\x97\x98\x970\x97", b"\x87", proto=5)
    case("deep_lists", b"]" * 300 + b"a" * 299)
    case("deep_tuples", b")" + b"\x85" * 300)


def equal_keys():
    nan = f(float("nan"))
    keys = {
        "one_true_float": (i(1), b"\x88", f(1.0)), "zero_false_minus": (f(-0.0), i(0), b"\x89"), "big_int_float": (i(2**53), f(2.0**53), i(2**53 + 1)), "big_equal": (i(2**100), f(2.0**100)),
        "not_equal_big": (i(2**100 + 1), f(2.0**100)), "inf": (f(float("inf")), f(float("inf")), i(2**1024)), "nan": (nan, nan), "nan_same": (nan + put(5), get(5)), "text_py2": (u("a"), s2(b"a")),
        "text_py2_utf8": (s2(b"\xc3\xa9"), u("\xe9")), "bytes_py2": (b(b"a"), s2(b"a")), "bytes_py2_not_utf8": (b(b"\xff"), s2(b"\xff")), "text_bytes": (u("a"), b(b"a")), "none_text": (b"N", u("null")),
        "names": (g("m", "C"), g("m", "C")), "names_split": (b"\x8c\3a.b\x8c\1c\x93", b"\x8c\1a\x8c\3b.c\x93"), "name_text": (g("m", "C"), u("m.C")), "name_mapped": (g("__builtin__", "set"), g("builtins", "set")),
        "tuples": (t(i(1), u("a")), t(b"\x88", s2(b"a"))), "tuples_nested": (t(t(i(1)), t()), t(t(f(1.0)), t())), "tuples_lists": (t(b"]"), t(b"]")), "tuples_same_list": (t(b"]" + put(5)), t(get(5))),
        "tuples_lengths": (t(i(1)), t(i(1), i(1))), "tuples_nan": (t(nan), t(nan)), "tuples_nan_same": (t(nan + put(5)), t(get(5))), "empty_tuples": (b")", t()), "tuple_list": (t(i(1)), l(i(1))),
        "frozensets": (b"(K\1\x91", b"(K\1\x91"), "frozenset_same": (b"(K\1\x91" + put(5), get(5)), "bytearrays": (b"\x96\0\0\0\0\0\0\0\0",) * 2, "objects": (obj(), obj()), "decimals": (call("decimal", "Decimal", u("1")),) * 2,
        "persids": (b"Px\n", b"Px\n"), "exts": (b"\x82\5", b"\x82\5"), "ext_same": (b"\x82\5" + put(5), get(5)), "int_true_text": (i(1), u("1")), "surrogates": (u("\ud83d\ude00"), u("\U0001f600")),
        "latin_folded": (call("_codecs", "encode", u("a"), u("latin1")), b(b"a")), "minus_one_minus_two": (i(-1), i(-2)), "buffers": (b"\x97", b"\x97"), "sets": (b"\x8f", b"\x8f"),
    }
    for name, every in keys.items():
        pairs = b"".join(k + i(n) for n, k in enumerate(every))
        case("keys_dict_" + name, b"}(", pairs, b"u", proto=2)
        case("keys_set_" + name, b"\x8f(", *every, b"\x90", proto=2)
        case("keys_frozenset_" + name, b"(", *every, b"\x91", proto=2)
        case("keys_entries_" + name, obj(), b"(", pairs, b"u", proto=2)
        case("keys_ordereddict_" + name, call("collections", "OrderedDict"), b"(", pairs, b"u", proto=2)
    case("overwritten_value_is_not_shown", b"]", put(0), d(i(1), get(0), i(1), i(2)), b"\x86")
    case("overwritten_value_comes_back", d(i(1), i(1), i(2), i(2), i(1), i(3)))
    case("dropped_member_is_not_shown", b"]", put(0), t(i(1), get(0)), b"\x8f(", i(1), b"\x88\x90\x87")
    case("dict_of_texts_by_equal_keys", d(u("a"), i(1), s2(b"a"), i(2)))
    case("dict_keys_mixed", d(u("a"), i(1), i(1), i(2)))
    case("dict_dollar", d(u("$x"), i(1)))
    case("dict_dollar_later", d(u("a"), i(1), u("$"), i(2)))
    case("dict_dollar_py2", d(s2(b"$x"), i(1)))
    case("dict_empty_key", d(u(""), i(1)))
    case("dict_surrogate_pair_key", d(u("\ud83d\ude00"), i(1)))
    case("dict_surrogate_key", d(u("\ud83d"), i(1)))
    case("dict_not_utf8_key", d(s2(b"\xff"), i(1)))
    case("dict_looks_like_ours", d(u("$ref"), i(1)))
    case("text_escapes", u("\0\x01\x1f\x7f\x80\"\\/\b\f\n\r\t\u2028\u2029\U0001f600\ud800\ufffe"))
    case("text_low_then_high", u("\ude00\ud83d"))
    case("text_high_then_astral", u("\ud83d\U0001f600"))
    case("text_astral_then_low", u("\U0001f600\ude00"))
    case("text_pair_inside", u("a\ud83d\ude00b"))


def main():
    for make in (wrong_types, stack_and_marks, text_arguments, binary_arguments, frames_and_memo, folding, well_known, states, identity, equal_keys):
        make()
    for name, data in CASES.items():
        try:
            result = "ok", to_json(decode(data).value, COMPACT)
        except Refused as e:
            result = "refused", "%d:%s" % (e.offset, e.opcode)
        if len(data) > 5000:
            sys.stderr.write("%s is %d bytes\n" % (name, len(data)))
        sys.stdout.write("\t".join((name, data.hex()) + result) + "\n")


if __name__ == "__main__":
    main()
