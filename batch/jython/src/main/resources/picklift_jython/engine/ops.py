# -*- coding: ascii -*-
"""What the unpickler's files share: refusals, and what graph nodes are (io.picklift.codec.model.Op and ChunkKind)."""

TEXT = 'text'
BINARY = 'binary'


class Refused(Exception):

    def __init__(self, code, reason):
        Exception.__init__(self, code, reason)
        self.code = code
        self.reason = reason


class Limited(Exception):
    """Over a limit: its code, its name in io.picklift.codec.Limits, and what it is set to."""

    def __init__(self, code, name, value):
        Exception.__init__(self, code, name, value)
        self.code = code
        self.name = name
        self.value = value


def refuse(code, reason):
    raise Refused(code, reason)


def underflow():
    raise Refused('STACK_UNDERFLOW', 'the stack has too few values')


def no_mark():
    raise Refused('MARK_MISSING', 'there is no mark')


def truncated():
    raise Refused('TRUNCATED', 'the argument ends after the pickle')


NONE, NEWTRUE, NEWFALSE, INT_TRUE, INT_FALSE, INT, LONG, BININT, BININT1, BININT2, LONG1, LONG4 = range(0, 12)
FLOAT, BINFLOAT, STRING, BINSTRING, SHORT_BINSTRING, UNICODE, BINUNICODE, SHORT_BINUNICODE, BINUNICODE8 = range(12, 21)
BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8, LIST, EMPTY_LIST = range(21, 27)
TUPLE, EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3, DICT, EMPTY_DICT, EMPTY_SET, FROZENSET = range(27, 36)
GLOBAL, GLOBAL_FIX, STACK_GLOBAL, STACK_GLOBAL_FIX, INST_NAME, INST_NAME_FIX = range(36, 42)
INST, OBJ, NEWOBJ, NEWOBJ_EX, PERSID, BINPERSID, EXT1, EXT2, EXT4, NEXT_BUFFER = range(42, 52)
REDUCE, REDUCE_BYTES, REDUCE_BYTEARRAY, REDUCE_SET, REDUCE_FROZENSET, REDUCE_OBJECT = range(52, 58)
REDUCE_LIST_OBJECT, REDUCE_DICT_OBJECT, REDUCE_BASE_OBJECT, REDUCE_NEWOBJ, REDUCE_NEWOBJ_EX, REDUCE_NAME = range(58, 64)

INITIAL, APPEND, APPENDS, SETITEM, SETITEMS, ADDITEMS, BUILD = range(7)

NAMES = tuple(range(GLOBAL, INST_NAME_FIX + 1)) + (REDUCE_NAME,)
MADE = tuple(range(INST, NEWOBJ_EX + 1)) + (REDUCE,) + tuple(range(REDUCE_OBJECT, REDUCE_NEWOBJ_EX + 1))
CALLABLES = NAMES + MADE + (PERSID, BINPERSID, EXT1, EXT2, EXT4)
TUPLES = (TUPLE, EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3)
BYTES = (BINBYTES, SHORT_BINBYTES, BINBYTES8, REDUCE_BYTES)
BUFFERS = BYTES + (BYTEARRAY8, REDUCE_BYTEARRAY, NEXT_BUFFER)
LISTS = (LIST, EMPTY_LIST)
DICTS = (DICT, EMPTY_DICT)
SETS = (EMPTY_SET, REDUCE_SET)


def members(ops):
    """A string whose character at an op is '1' where the op is one of these."""
    return ''.join([('0', '1')[op in ops] for op in range(64)])


# Names that Python 2 had for what may fold; CPython's _compat_pickle.
PYTHON2_MODULES = {'__builtin__': 'builtins', 'copy_reg': 'copyreg'}
PYTHON2_BUILTINS = {
    ('__builtin__', 'xrange'): 'range', ('__builtin__', 'unichr'): 'chr', ('__builtin__', 'unicode'): 'str',
    ('__builtin__', 'long'): 'int', ('__builtin__', 'basestring'): 'str', ('__builtin__', 'reduce'): None,
    ('__builtin__', 'intern'): None, ('itertools', 'izip'): 'zip', ('itertools', 'imap'): 'map',
    ('itertools', 'ifilter'): 'filter', ('exceptions', 'StandardError'): 'Exception'}
PYTHON2_EXCEPTIONS = set('''
    ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError
    EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
    IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplementedError OSError
    OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning StopIteration SyntaxError
    SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError
    UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError'''.split())


def python3_name(module, name):
    """The pair of Python 3, or None for one that has nothing to do with folding."""
    key = (module, name)
    if key in PYTHON2_BUILTINS:
        name = PYTHON2_BUILTINS[key]
        return name and ('builtins', name)
    if module == 'exceptions' and name in PYTHON2_EXCEPTIONS:
        return 'builtins', name
    return PYTHON2_MODULES.get(module, module), name
