"""Zstandard frames (RFC 8878) unpacked in plain Python: slow, for residues. Dictionaries are not supported, the checksum is
not compared."""

LL_BASE = list(range(16)) + [16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536]
LL_BITS = [0] * 16 + [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
ML_BASE = list(range(3, 35)) + [35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539]
ML_BITS = [0] * 32 + [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
LL_DEFAULT = [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1]
ML_DEFAULT = [1, 4, 3, 2, 2, 2, 2, 2, 2] + [1] * 37 + [-1] * 7
OF_DEFAULT = [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1]


class Forward:
    """Bits from the first byte on, the lowest first."""

    def __init__(self, data, at):
        self.data, self.at = data, at * 8

    def read(self, count):
        start = self.at >> 3
        value = int.from_bytes(self.data[start:start + 8], "little") >> (self.at & 7)
        self.at += count
        return value & ((1 << count) - 1)


class Backward:
    """Bits from the last byte back; the highest bit that is set only marks the end."""

    def __init__(self, data):
        self.data = data
        self.at = len(data) * 8 - 9 + data[-1].bit_length()

    def read(self, count):
        self.at -= count
        low = max(self.at, 0)
        start = low >> 3
        value = int.from_bytes(self.data[start:start + 9], "little") >> (low & 7)
        if self.at < 0:
            value <<= -self.at
        return value & ((1 << count) - 1)


class Fse:
    """A table of states: symbol, bits to read, base of the next state."""

    def __init__(self, counts, log):
        size = 1 << log
        self.log = log
        symbols = [0] * size
        high = size - 1
        left = {}
        for symbol, count in enumerate(counts):
            if count == -1:
                symbols[high] = symbol
                high -= 1
                left[symbol] = 1
            else:
                left[symbol] = count
        at = 0
        for symbol, count in enumerate(counts):
            for _ in range(max(count, 0)):
                symbols[at] = symbol
                while True:
                    at = (at + (size >> 1) + (size >> 3) + 3) & (size - 1)
                    if at <= high:
                        break
        self.states = []
        for symbol in symbols:
            x = left[symbol]
            left[symbol] += 1
            bits = log - x.bit_length() + 1
            self.states.append((symbol, bits, (x << bits) - size))

    @staticmethod
    def single(symbol):
        table = Fse.__new__(Fse)
        table.log, table.states = 0, [(symbol, 0, 0)]
        return table

    @staticmethod
    def read(data, at):
        """A table's description, and where it ends."""
        bits = Forward(data, at)
        log = bits.read(4) + 5
        remaining = (1 << log) + 1
        counts = []
        while remaining > 1:
            width = remaining.bit_length()
            value = bits.read(width)
            low = (1 << (width - 1)) - 1
            most = (1 << width) - 1 - remaining
            if value & low < most:
                bits.at -= 1
                value &= low
            elif value > low:
                value -= most
            count = value - 1
            counts.append(count)
            remaining -= abs(count)
            if count == 0:
                while True:
                    more = bits.read(2)
                    counts.extend([0] * more)
                    if more < 3:
                        break
        return Fse(counts, log), (bits.at + 7) >> 3


def huffman(data, at):
    """A Huffman table as (bits, list of (symbol, length)), and where its description ends."""
    head = data[at]
    at += 1
    if head >= 128:
        count = head - 127
        weights = [data[at + i // 2] >> (4 if i % 2 == 0 else 0) & 15 for i in range(count)]
        at += (count + 1) // 2
    else:
        table, start = Fse.read(data, at)
        bits = Backward(data[start:at + head])
        at += head
        weights = []
        states = [bits.read(table.log), bits.read(table.log)]
        turn = 0
        while True:
            symbol, width, base = table.states[states[turn]]
            weights.append(symbol)
            if bits.at < width:
                weights.append(table.states[states[1 - turn]][0])
                break
            states[turn] = base + bits.read(width)
            turn = 1 - turn
    total = sum(1 << (w - 1) for w in weights if w)
    most = total.bit_length()
    weights.append(((1 << most) - total).bit_length())
    entries = []
    for weight in range(1, most + 1):
        for symbol, w in enumerate(weights):
            if w == weight:
                entries.extend([(symbol, most + 1 - weight)] * (1 << (weight - 1)))
    return (most, entries), at


def huffman_stream(table, data, size):
    most, entries = table
    bits = Backward(data)
    out = bytearray()
    while len(out) < size:
        at = bits.at
        symbol, width = entries[bits.read(most)]
        bits.at = at - width
        out.append(symbol)
    return out


class Frame:
    def __init__(self):
        self.out = bytearray()
        self.huffman = None
        self.tables = [None, None, None]
        self.offsets = [1, 4, 8]

    def literals(self, data):
        kind, form = data[0] & 3, data[0] >> 2 & 3
        if kind < 2:
            length = 1 if form in (0, 2) else 2 if form == 1 else 3
            size = int.from_bytes(data[:length], "little") >> (3 if length == 1 else 4)
            if kind == 0:
                return data[length:length + size], length + size
            return data[length:length + 1] * size, length + 1
        length, width = ((3, 10), (3, 10), (4, 14), (5, 18))[form]
        head = int.from_bytes(data[:length], "little") >> 4
        size, packed = head & ((1 << width) - 1), head >> width
        body = data[length:length + packed]
        at = 0
        if kind == 2:
            self.huffman, at = huffman(body, 0)
        if form == 0:
            return huffman_stream(self.huffman, body[at:], size), length + packed
        ends = [int.from_bytes(body[at + 2 * i:at + 2 * i + 2], "little") for i in range(3)]
        at += 6
        each = (size + 3) // 4
        out = bytearray()
        for i in range(4):
            end = at + ends[i] if i < 3 else len(body)
            out += huffman_stream(self.huffman, body[at:end], each if i < 3 else size - 3 * each)
            at = end
        return out, length + packed

    def block(self, data):
        literals, at = self.literals(data)
        count = data[at]
        at += 1
        if count == 255:
            count = data[at] + (data[at + 1] << 8) + 0x7F00
            at += 2
        elif count >= 128:
            count = ((count - 128) << 8) + data[at]
            at += 1
        if count == 0:
            self.out += literals
            return
        modes = data[at]
        at += 1
        defaults = ((LL_DEFAULT, 6), (OF_DEFAULT, 5), (ML_DEFAULT, 6))
        for i in range(3):
            mode = modes >> (6 - 2 * i) & 3
            if mode == 0:
                self.tables[i] = Fse(*defaults[i])
            elif mode == 1:
                self.tables[i] = Fse.single(data[at])
                at += 1
            elif mode == 2:
                self.tables[i], at = Fse.read(data, at)
        self.sequences(literals, Backward(data[at:]), count)

    def sequences(self, literals, bits, count):
        states = [bits.read(table.log) for table in self.tables]
        taken = 0
        for number in range(count):
            entries = [table.states[state] for table, state in zip(self.tables, states)]
            ll, of, ml = (entry[0] for entry in entries)
            value = (1 << of) + bits.read(of)
            match = ML_BASE[ml] + bits.read(ML_BITS[ml])
            length = LL_BASE[ll] + bits.read(LL_BITS[ll])
            offset = self.offset(value, length)
            self.out += literals[taken:taken + length]
            taken += length
            start = len(self.out) - offset
            if offset >= match:
                self.out += self.out[start:start + match]
            else:
                for i in range(match):
                    self.out.append(self.out[start + i])
            if number < count - 1:
                for i in (0, 2, 1):
                    states[i] = entries[i][2] + bits.read(entries[i][1])
        self.out += literals[taken:]

    def offset(self, value, length):
        offsets = self.offsets
        if value > 3:
            offsets.insert(0, value - 3)
        else:
            which = value - 1 + (length == 0)
            if which == 3:
                offsets.insert(0, offsets[0] - 1)
            else:
                offsets.insert(0, offsets.pop(which))
        del offsets[3:]
        return offsets[0]


def decompress(data):
    if data[:4] != b"\x28\xb5\x2f\xfd":
        raise ValueError("no Zstandard frame")
    head = data[4]
    single = head >> 5 & 1
    at = 5 + (0 if single else 1) + (0, 1, 2, 4)[head & 3] + ((1 if single else 0), 2, 4, 8)[head >> 6]
    frame = Frame()
    last = False
    while not last:
        block = int.from_bytes(data[at:at + 3], "little")
        last, kind, size = block & 1, block >> 1 & 3, block >> 3
        at += 3
        if kind == 1:
            frame.out += data[at:at + 1] * size
            at += 1
            continue
        if kind == 0:
            frame.out += data[at:at + size]
        else:
            frame.block(data[at:at + size])
        at += size
    return bytes(frame.out)
