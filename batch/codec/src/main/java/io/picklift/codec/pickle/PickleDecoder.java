package io.picklift.codec.pickle;

import static io.picklift.codec.error.ErrorCode.FRAME_LENGTH;
import static io.picklift.codec.error.ErrorCode.LENGTH_NEGATIVE;
import static io.picklift.codec.error.ErrorCode.LIMIT_BYTES;
import static io.picklift.codec.error.ErrorCode.MEMO_INDEX;
import static io.picklift.codec.error.ErrorCode.OPCODE_UNKNOWN;
import static io.picklift.codec.error.ErrorCode.PROTOCOL_UNSUPPORTED;
import static io.picklift.codec.error.ErrorCode.STOP_MISSING;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.error.MalformedException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.text.Utf8;

/**
 * Decodes a pickle of protocol 0 to 5 into a {@link SaveGraph} in one pass, inert and without
 * recursion. What is refused and how text is read follows CPython 3.13's {@code Modules/_pickle.c};
 * the names of its functions stand beside what was learned from them.
 *
 * <p>One decoder serves many pickles, one after the other, so that its arrays grow once. It is not
 * for more than one thread.
 */
public final class PickleDecoder extends PickleMachine {
  private final TextArguments texts = new TextArguments();

  public PickleDecoder(Limits limits) {
    super(limits);
  }

  /**
   * Decodes {@code pickle}, which the graph keeps a reference to: do not change it afterwards.
   *
   * @throws MalformedException if the pickle is one of those that {@code proto/DECODING.md} refuses
   * @throws LimitException if it goes beyond a limit
   */
  public SaveGraph decode(byte[] pickle) throws CodecException {
    reset(pickle);
    if (end > limits.bytes()) {
      throw new LimitException(LIMIT_BYTES, "bytes", limits.bytes(), -1, "");
    }
    try {
      run();
      int root = pop();
      return graph.build(root, style.finish(pickle, pos, protocol));
    } finally {
      shrink();
    }
  }

  private void run() throws CodecException {
    while (true) {
      if (pos >= end) {
        start = end;
        throw new MalformedException(STOP_MISSING, "the bytes end before STOP", end, "");
      }
      start = pos;
      int opcode = in[pos++] & 0xff;
      switch (opcode) {
        case Opcode.BINGET -> get(memoIndex1());
        case Opcode.MEMOIZE -> {
          int node = peek();
          putMemo(memo.count(), node);
          style.memoize(node);
        }
        case Opcode.SHORT_BINUNICODE -> text(Op.SHORT_BINUNICODE, count1());
        case Opcode.LONG_BINGET -> get(memoIndex4());
        case Opcode.BINPUT -> {
          int index = memoIndex1();
          int node = peek();
          putMemo(index, node);
          style.put(node, index, 1);
        }
        case Opcode.LONG_BINPUT -> {
          long index = memoIndex4();
          int node = peek();
          putMemo(index, node);
          style.put(node, index, 4);
        }
        case Opcode.BININT1 -> push(Op.BININT1, in[advance(1)] & 0xff, 0);
        case Opcode.BININT2 -> {
          int at = advance(2);
          push(Op.BININT2, (in[at] & 0xff) | ((in[at + 1] & 0xff) << 8), 0);
        }
        case Opcode.BININT -> push(Op.BININT, (int) INT.get(in, advance(4)), 0);
        case Opcode.BINUNICODE -> text(Op.BINUNICODE, count4());
        case Opcode.MARK -> mark();
        case Opcode.APPENDS -> {
          int mark = popMark();
          addItems(ChunkKind.APPENDS, mark);
        }
        case Opcode.SETITEMS -> {
          int mark = popMark();
          setItems(ChunkKind.SETITEMS, mark);
        }
        case Opcode.EMPTY_DICT -> push(Op.EMPTY_DICT, 0, NO_CHUNK);
        case Opcode.EMPTY_LIST -> push(Op.EMPTY_LIST, 0, NO_CHUNK);
        case Opcode.EMPTY_TUPLE -> push(Op.EMPTY_TUPLE, 0, 0);
        case Opcode.NEWOBJ -> newObject();
        case Opcode.BUILD -> build();
        case Opcode.NONE -> push(Op.NONE, 0, 0);
        case Opcode.NEWTRUE -> push(Op.NEWTRUE, 0, 0);
        case Opcode.NEWFALSE -> push(Op.NEWFALSE, 0, 0);
        case Opcode.BINFLOAT -> {
          int at = advance(8);
          push(Op.BINFLOAT, (int) INT_BIG.get(in, at), (int) INT_BIG.get(in, at + 4));
        }
        case Opcode.APPEND -> {
          if (top - 1 <= fence) {
            throw underflow();
          }
          addItems(ChunkKind.APPEND, top - 1);
        }
        case Opcode.SETITEM -> {
          if (top - 2 <= fence) {
            throw underflow();
          }
          setItems(ChunkKind.SETITEM, top - 2);
        }
        case Opcode.TUPLE -> {
          int mark = popMark();
          tuple(Op.TUPLE, top - mark);
        }
        case Opcode.TUPLE1 -> smallTuple(Op.TUPLE1, 1);
        case Opcode.TUPLE2 -> smallTuple(Op.TUPLE2, 2);
        case Opcode.TUPLE3 -> smallTuple(Op.TUPLE3, 3);
        case Opcode.REDUCE -> reduce();
        case Opcode.STACK_GLOBAL -> stackGlobal();
        case Opcode.FRAME -> frame();
        case Opcode.STOP -> {
          if (pos < end) {
            checkMemory(end - pos);
          }
          return;
        }
        default -> rare(opcode);
      }
    }
  }

  private void rare(int opcode) throws CodecException {
    switch (opcode) {
      case Opcode.INT -> {
        int length = line(1);
        int bool = texts.checkInt(in, pos - length - 1, length, limits);
        refuse(texts.failure(), "the text is no integer");
        if (bool >= 0) {
          style.bool(in, pos - length - 1, bool);
          push(bool == 1 ? Op.INT_TRUE : Op.INT_FALSE, 0, 0);
        } else {
          push(Op.INT, pos - length - 1, length);
        }
      }
      case Opcode.LONG -> {
        int length = line(1);
        int at = pos - length - 1;
        boolean suffix = in[at + length - 1] == 'L';
        length -= suffix ? 1 : 0;
        texts.checkLong(in, at, length, limits);
        refuse(texts.failure(), "the text is no integer");
        style.longText(suffix);
        push(Op.LONG, at, length);
      }
      case Opcode.LONG1 -> {
        int length = count1();
        push(Op.LONG1, advance(length), length);
      }
      case Opcode.LONG4 -> {
        int length = (int) INT.get(in, advance(4));
        if (length < 0) {
          throw fail(LENGTH_NEGATIVE, "the length is below zero");
        }
        push(Op.LONG4, advance(length), length);
      }
      case Opcode.FLOAT -> {
        int length = line(1);
        texts.checkFloat(in, pos - length - 1, length);
        refuse(texts.failure(), "the text is no float, or too large for one");
        push(Op.FLOAT, pos - length - 1, length);
      }
      case Opcode.STRING -> {
        int length = line(0);
        texts.checkString(in, pos - length - 1, length);
        refuse(texts.failure(), "the text is not quoted, or an escape is not complete");
        push(Op.STRING, pos - length - 1, checkLength(length));
      }
      case Opcode.UNICODE -> {
        int length = line(0);
        texts.checkUnicode(in, pos - length - 1, length);
        refuse(texts.failure(), "an escape is not complete");
        push(Op.UNICODE, pos - length - 1, checkLength(length));
      }
      case Opcode.BINSTRING -> slice(Op.BINSTRING, count4());
      case Opcode.SHORT_BINSTRING -> slice(Op.SHORT_BINSTRING, count1());
      case Opcode.BINUNICODE8 -> text(Op.BINUNICODE8, count8());
      case Opcode.BINBYTES -> slice(Op.BINBYTES, count4());
      case Opcode.SHORT_BINBYTES -> slice(Op.SHORT_BINBYTES, count1());
      case Opcode.BINBYTES8 -> slice(Op.BINBYTES8, count8());
      case Opcode.BYTEARRAY8 -> slice(Op.BYTEARRAY8, count8());
      case Opcode.LIST -> list();
      case Opcode.DICT -> dict();
      case Opcode.EMPTY_SET -> push(Op.EMPTY_SET, 0, NO_CHUNK);
      case Opcode.ADDITEMS -> {
        int mark = popMark();
        addItems(ChunkKind.ADDITEMS, mark);
      }
      case Opcode.FROZENSET -> {
        int mark = popMark();
        tuple(Op.FROZENSET, top - mark);
      }
      case Opcode.GLOBAL -> global();
      case Opcode.INST -> inst();
      case Opcode.OBJ -> obj();
      case Opcode.NEWOBJ_EX -> newObjectEx();
      case Opcode.PERSID -> {
        int length = line(0);
        if (!Utf8.isAscii(in, pos - length - 1, length)) {
          throw fail(ErrorCode.NAME_TEXT, "the persistent id is not ASCII");
        }
        push(Op.PERSID, pos - length - 1, length);
      }
      case Opcode.BINPERSID -> push(Op.BINPERSID, pop(), 0);
      case Opcode.EXT1 -> extension(Op.EXT1, in[advance(1)] & 0xff);
      case Opcode.EXT2 -> {
        int at = advance(2);
        extension(Op.EXT2, (in[at] & 0xff) | ((in[at + 1] & 0xff) << 8));
      }
      case Opcode.EXT4 -> extension(Op.EXT4, (int) INT.get(in, advance(4)));
      case Opcode.NEXT_BUFFER -> push(Op.NEXT_BUFFER, buffers++, 0);
      case Opcode.READONLY_BUFFER -> readonlyBuffer();
      case Opcode.POP -> popAny();
      case Opcode.POP_MARK -> top = popMark();
      case Opcode.DUP -> {
        style.irregular();
        pushNode(peek());
      }
      case Opcode.GET -> {
        int length = line(1);
        long index = texts.memoIndex(in, pos - length - 1, length);
        if (index < 0) {
          throw fail(MEMO_INDEX, "the memo index is no number from 0");
        }
        style.getText(texts.isCanonicalIndex());
        get(index);
      }
      case Opcode.PUT -> {
        int length = line(1);
        int node = peek();
        long index = texts.memoIndex(in, pos - length - 1, length);
        if (index < 0) {
          throw fail(MEMO_INDEX, "the memo index is no number from 0");
        }
        putMemo(index, node);
        style.put(node, index, texts.isCanonicalIndex() ? 0 : -1);
      }
      case Opcode.PROTO -> {
        int value = in[advance(1)] & 0xff;
        if (value > Opcode.HIGHEST_PROTOCOL) {
          throw fail(PROTOCOL_UNSUPPORTED, "protocol " + value + " is not known, the highest is 5");
        }
        protocol = value;
        style.proto(start);
      }
      default -> throw fail(OPCODE_UNKNOWN, "no protocol has this opcode");
    }
  }

  private void frame() throws CodecException {
    long length = count8();
    if (length < 0 || length > end - pos) {
      throw fail(FRAME_LENGTH, "the frame is longer than the bytes that are left");
    }
    style.frame(start, length);
    if (style.frames() > STEP) {
      checkMemory();
    }
  }

  private void refuse(TextArguments.Failure failure, String reason) throws CodecException {
    switch (failure) {
      case NONE -> {}
      case DIGITS ->
          throw new LimitException(
              ErrorCode.LIMIT_TEXT_INTEGER_DIGITS,
              "textIntegerDigits",
              limits.textIntegerDigits(),
              start,
              opcodeName());
      case INTEGER -> throw fail(ErrorCode.INTEGER_TEXT, reason);
      case FLOAT -> throw fail(ErrorCode.FLOAT_TEXT, reason);
      case STRING -> throw fail(ErrorCode.STRING_TEXT, reason);
      case UNICODE -> throw fail(ErrorCode.UNICODE_TEXT, reason);
    }
  }
}
