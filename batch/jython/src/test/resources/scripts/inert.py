"""What picklift.loads gives, checked in Python: run by PickliftModuleTest with a save of baolife as argument."""
import sys
import picklift
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID


def check(what, is_so):
    if not is_so:
        raise AssertionError(what)


def fails(kind, function):
    try:
        function()
    except kind, e:
        return e
    raise AssertionError('no %s' % kind.__name__)


# Plain values
check('scalars', picklift.loads('(NI01\nI00\nK\x05L36893488147419103232L\nG?\xf8\x00\x00\x00\x00\x00\x00X\x01\x00\x00\x00aU\x01bl.')[:]
      == [None, True, False, 5, 1 << 65, 1.5, u'a', 'b'])
text, py2 = picklift.loads('\x80\x02X\x02\x00\x00\x00\xc3\xa9U\x02\xc3\xa9\x86.')
check('text', text == u'\xe9' and type(text) is unicode and type(py2) is str)
raw = picklift.loads('\x80\x03C\x02\xff\x00.')
check('bytes', raw == '\xff\x00' and type(raw) is picklift.Bytes)
check('bytearray', picklift.loads('\x80\x05\x96\x01\0\0\0\0\0\0\0x.') == bytearray('x'))

# Identity
twice = picklift.loads('\x80\x02(]q\0h\0h\0]t.')
check('identity', twice[0] is twice[1] and twice[1] is twice[2] and twice[3] is not twice[0])
own = picklift.loads(']q\0h\0a.')
check('cycle', own[0] is own)

# Dicts
table = picklift.loads('\x80\x03}(X\x01\x00\x00\x00aK\x01U\x01bK\x02C\x01aK\x03K\x07K\x04K\x01K\x02\x86K\x05Nh\x00u.'.replace('h\x00', 'K\x06'))
check('keys', table['a'] == 1 and table[u'a'] == 1 and table['b'] == 2 and table[picklift.Bytes('a')] == 3)
check('keys of other types', table[7] == 4 and table[(1, 2)] == 5 and table[None] == 6)
check('dict', len(table) == 6 and 'zz' not in table and table.get('zz', 9) == 9 and [v for v in table.values()] == [1, 2, 3, 4, 5, 6])
fails(KeyError, lambda: table['zz'])

# Objects whose attributes are named as the module's own are
odd = picklift.loads('\x80\x02cm\nC\n)\x81}(X\x03\x00\x00\x00clsK\x01X\x05\x00\x00\x00itemsK\x02ub.')
check('attributes win', odd.cls == 1 and odd.items == 2 and picklift.cls(odd) == 'm.C' and picklift.attributes(odd) == ['cls', 'items'])
fails(AttributeError, lambda: odd.nothing)
fails(AttributeError, lambda: setattr(odd, 'cls', 2))
call = picklift.loads('cm\nf\n(K\x01K\x02tR.')
check('call', isinstance(call, picklift.Call) and call.cls == 'm.f' and call.args == [1, 2])
listed = picklift.loads('\x80\x02cm\nL\n)\x81(K\x01K\x02e.')
check('items', list(listed) == [1, 2] and len(listed) == 2 and listed[1] == 2)
check('persistent id', picklift.loads('P12\n.').value == u'12')

# A whole save
data = open(sys.argv[1], 'rb').read()
player = picklift.loads(data)
check('class', player.cls == 'lifesim.player.playerClass')
check('graph', player.r[0].player is player and player.r[0].person.cls == 'lifesim.person.personClass')
check('datetime', type(player.lastUpdate) is datetime)
check('decimal', type(player.savings) is Decimal and isinstance(player.uuid, UUID))
check('timezone', player.created.tzinfo is not None and player.created.utcoffset() is not None)
check('enum', player.r[0].kind.cls == 'lifesim.enums.Kind' and len(player.r[0].kind.args) == 1)
check('slots', player.inventory[0].name and player.inventory[0].price > 0)

# And back
check('same bytes', picklift.dumps(player) == data)
person = picklift.loads(picklift.dumps(player.c))
check('a part', person.cls == player.c.cls and person.firstname == player.c.firstname)
check('json', picklift.to_json(player).startswith(u'{"$id": 1, "$class": "lifesim.player.playerClass", '))

# Plain values written
values = [None, True, 3, -1, 1 << 70, -(1 << 70), 1.5, u'\xe9', 'raw', (1, (2,)), {'k': [1]}, set([4]), frozenset([5]), picklift.Bytes('b')]
values.append(values[9])
back = picklift.loads(picklift.dumps(values))
check('written', picklift.to_json(values) == picklift.to_json(back) and back[9] is back[14] and back[5] == -(1 << 70))
check('one document', picklift.to_json([1, {'a': (2,)}]) == u'[1, {"a": {"$tuple": [2]}}]')
deep = []
for i in range(5000):
    deep = [deep]
check('deep', len(picklift.dumps(deep)) > 5000)
fails(TypeError, lambda: picklift.dumps(object()))

refused = fails(picklift.Refused, lambda: picklift.loads('\x80\x02K\x01a.'))
check('refused', refused.code == 'stack_underflow' and refused.offset == 4)
print 'checked', len(sys.argv)
sys.exit(7)
