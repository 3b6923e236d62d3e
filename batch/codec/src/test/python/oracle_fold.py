"""Forms that differ by protocol alone, folded at the REDUCE; and the forms of the well-known types."""

import calendar
import decimal

from oracle_model import Dict, Ext, Name, Obj, Persid, Py2Str, Set, text_of


def latin1(text):
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def fold(callee, args, equality):
    """(value,) where the call is one of the folded forms, else None. Arguments count as they are now."""
    if type(callee) is not Name:
        return None
    rule = RULES.get((callee.module, callee.qualname))
    return None if rule is None else rule(args, equality)


def codecs_encode(args, _):
    if len(args) == 2 and text_of(args[1]) == "latin1" and text_of(args[0]) is not None:
        raw = latin1(text_of(args[0]))
        return None if raw is None else (raw,)
    return None


def make_bytes(args, _):
    return (b"",) if args == () else None


def make_bytearray(args, _):
    if args == ():
        return (bytearray(),)
    if len(args) == 1 and type(args[0]) is bytes:
        return (bytearray(args[0]),)
    if len(args) == 2 and text_of(args[1]) == "latin-1" and text_of(args[0]) is not None:
        raw = latin1(text_of(args[0]))
        return None if raw is None else (bytearray(raw),)
    return None


def make_set(frozen):
    def rule(args, equality):
        if len(args) == 1 and type(args[0]) is list:
            return (Set(frozen, args[0], equality),)
        return None
    return rule


def is_class(v):
    return type(v) in (Name, Obj, Persid, Ext)


def reconstructor(args, _):
    if len(args) != 3 or not is_class(args[0]) or type(args[1]) is not Name or args[1].module != "builtins":
        return None
    cls, base, state = args[0], args[1].qualname, args[2]
    obj = Obj(False, cls, ())
    if base == "object":
        return (obj,) if state is None else None
    if base == "list":
        if type(state) is not list:
            return None
        obj.items = list(state)
        return (obj,)
    if base == "dict":
        if type(state) is not Dict:
            return None
        obj.entries = [list(pair) for pair in state.items()]
        return (obj,)
    obj.args = (state,)
    return (obj,)


def newobj(args, _):
    if not args or not is_class(args[0]):
        return None
    return (Obj(False, args[0], args[1:]),)


def newobj_ex(args, _):
    if len(args) != 3 or not is_class(args[0]) or type(args[1]) is not tuple or type(args[2]) is not Dict:
        return None
    kwargs = Dict()
    kwargs.pairs = {canon: list(pair) for canon, pair in args[2].pairs.items()}
    return (Obj(False, args[0], args[1], kwargs),)


def getattr_(args, _):
    if len(args) == 2 and type(args[0]) is Name and text_of(args[1]) is not None:
        return (Name(args[0].module, args[0].qualname + "." + text_of(args[1])),)
    return None


RULES = {
    ("_codecs", "encode"): codecs_encode,
    ("builtins", "bytes"): make_bytes,
    ("builtins", "bytearray"): make_bytearray,
    ("builtins", "set"): make_set(False),
    ("builtins", "frozenset"): make_set(True),
    ("copyreg", "_reconstructor"): reconstructor,
    ("copyreg", "__newobj__"): newobj,
    ("copyreg", "__newobj_ex__"): newobj_ex,
    ("builtins", "getattr"): getattr_,
}

# Well-known types. Each function gives (the $ member, its parts, further members) or None. A part is a tuple
# ("text", str), ("array", values) or ("pairs", pairs); further members are (name, value).


def known(obj, equality):
    if type(obj) is not Obj or type(obj.cls) is not Name:
        return None
    rule = KNOWN.get((obj.cls.module, obj.cls.qualname))
    return None if rule is None else rule(obj, equality)


def only_args(obj):
    return obj.call and not obj.states and not obj.items and not obj.entries


def raw_and_tz(obj, length):
    """The bytes and [("tz", value)] or [] of a date, time or datetime, or None."""
    if not only_args(obj) or len(obj.args) not in (1, 2):
        return None
    raw = obj.args[0]
    raw = raw.raw if type(raw) is Py2Str else raw
    if type(raw) is not bytes or len(raw) != length:
        return None
    if len(obj.args) == 2 and obj.args[1] is None:
        return None
    return raw, [("tz", obj.args[1])] if len(obj.args) == 2 else []


def date_text(y, m, d):
    if not (1 <= y <= 9999 and 1 <= m <= 12 and 1 <= d <= calendar.monthrange(y, m)[1]):
        return None
    return "%04d-%02d-%02d" % (y, m, d)


def time_text(h, m, s, us):
    if h > 23 or m > 59 or s > 59 or us > 999_999:
        return None
    return "%02d:%02d:%02d" % (h, m, s) + (".%06d" % us if us else "")


def known_date(obj, _):
    found = raw_and_tz(obj, 4)
    if found is None or found[1]:
        return None
    raw = found[0]
    text = date_text(raw[0] * 256 + raw[1], raw[2], raw[3])
    return None if text is None else ("$date", ("text", text), [])


def known_datetime(obj, _):
    found = raw_and_tz(obj, 10)
    if found is None:
        return None
    raw, tz = found
    day = date_text(raw[0] * 256 + raw[1], raw[2] & 0x7F, raw[3])
    time = time_text(raw[4], raw[5], raw[6], int.from_bytes(raw[7:], "big"))
    if day is None or time is None:
        return None
    return "$datetime", ("text", day + "T" + time), ([("fold", 1)] if raw[2] & 0x80 else []) + tz


def known_time(obj, _):
    found = raw_and_tz(obj, 6)
    if found is None:
        return None
    raw, tz = found
    time = time_text(raw[0] & 0x7F, raw[1], raw[2], int.from_bytes(raw[3:], "big"))
    return None if time is None else ("$time", ("text", time), ([("fold", 1)] if raw[0] & 0x80 else []) + tz)


def known_timedelta(obj, _):
    if not only_args(obj) or len(obj.args) != 3 or any(type(a) is not int for a in obj.args):
        return None
    d, s, us = obj.args
    if not (abs(d) <= 999_999_999 and 0 <= s < 86_400 and 0 <= us < 1_000_000):
        return None
    return "$timedelta", ("array", obj.args), []


def known_decimal(obj, _):
    if not only_args(obj) or len(obj.args) != 1 or text_of(obj.args[0]) is None:
        return None
    text = text_of(obj.args[0])
    try:
        if str(decimal.Decimal(text)) != text:
            return None
    except (ArithmeticError, ValueError):
        return None
    return "$decimal", ("text", text), []


def known_uuid(obj, _):
    if obj.call or obj.args or obj.kwargs is not None or obj.items or obj.entries or len(obj.states) != 1:
        return None
    state = obj.states[0]
    if type(state) is not Dict or len(state.pairs) != 1:
        return None
    (key, value), = state.items()
    if text_of(key) != "int" or type(value) is not int or not 0 <= value < 2**128:
        return None
    h = "%032x" % value
    return "$uuid", ("text", "-".join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))), []


def known_complex(obj, _):
    if not only_args(obj) or len(obj.args) != 2 or any(type(a) is not float for a in obj.args):
        return None
    return "$complex", ("array", obj.args), []


def meaning(pairs, equality):
    d = Dict()
    for k, v in pairs:
        d.put(k, v, equality)
    return list(d.items())


def known_ordereddict(obj, equality):
    if not obj.call or obj.states or obj.items:
        return None
    if obj.args == ():
        return "$ordereddict", ("pairs", meaning(obj.entries, equality)), []
    if len(obj.args) != 1 or obj.entries or type(obj.args[0]) is not list:
        return None
    if any(type(p) is not list or len(p) != 2 for p in obj.args[0]):
        return None
    return "$ordereddict", ("pairs", meaning(obj.args[0], equality)), []


def known_defaultdict(obj, equality):
    if not obj.call or obj.states or obj.items or len(obj.args) > 1 or obj.args == (None,):
        return None
    return "$defaultdict", ("pairs", meaning(obj.entries, equality)), [("factory", a) for a in obj.args]


def known_deque(obj, _):
    if not obj.call or obj.states or obj.entries or len(obj.args) > 2:
        return None
    maxlen = None
    if len(obj.args) == 2:
        maxlen = obj.args[1]
        if type(maxlen) is not int or not 0 <= maxlen < 2**63:
            return None
    items = obj.items
    if obj.args and obj.args[0] == () and type(obj.args[0]) is tuple:
        if maxlen is None:
            return None
    elif obj.args:
        if type(obj.args[0]) is not list or items:
            return None
        items = obj.args[0]
    if maxlen is not None and len(items) > maxlen:
        return None
    return "$deque", ("array", items), [] if maxlen is None else [("maxlen", maxlen)]


KNOWN = {
    ("datetime", "datetime"): known_datetime,
    ("datetime", "date"): known_date,
    ("datetime", "time"): known_time,
    ("datetime", "timedelta"): known_timedelta,
    ("decimal", "Decimal"): known_decimal,
    ("uuid", "UUID"): known_uuid,
    ("builtins", "complex"): known_complex,
    ("collections", "OrderedDict"): known_ordereddict,
    ("collections", "defaultdict"): known_defaultdict,
    ("collections", "deque"): known_deque,
}
