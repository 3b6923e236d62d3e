package io.picklift.codec.meaning;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.GlobalName;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.NameBytes;
import io.picklift.codec.model.NodeText;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.model.Scalars;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SaveGraph} means: the view that JSON, digest, comparison, profile and mapping
 * share. The same Python object has the same meaning whatever protocol wrote it.
 *
 * <p>Lists of members come in two forms: as an array of nodes ({@link #items}), and as a {@link
 * MemberSpan} that costs nothing ({@link #itemSpan}), whose members {@link #member} gives. Ask a
 * node only what its {@link #kind} has. Not for more than one thread.
 */
public final class Meaning {
  /** Longer names are looked at once: a pickle may use one as often as it has bytes. */
  private static final int LONG_NAME = 512;

  private final SaveGraph graph;
  private final Limits limits;
  private final Map<Integer, Boolean> longNames = new HashMap<>();
  private final Scalars scalars;
  private final GlobalNames names;
  private final ContainerMembers members;
  private final WellKnownForms forms;
  private final References references;
  private final Attributes attributes;
  private final Contents contents;
  private final ByValue byValue;
  private final MemoryEstimate footprint;

  /** Keys that are known to be names of members: most are asked about for each object again. */
  private final BitSet memberNames = new BitSet();

  private Meaning(SaveGraph graph, Limits limits, MemoryEstimate footprint, Memory memory) {
    this.graph = graph;
    this.limits = limits;
    this.footprint = footprint;
    this.scalars = new Scalars(graph);
    this.names = new GlobalNames(graph, scalars);
    this.members = new ContainerMembers(graph, new ValueNumbers(graph, scalars, names), memory);
    this.forms = new WellKnownForms(graph, scalars, names, members);
    this.references = new References(graph, members, forms);
    this.attributes = new Attributes(this);
    this.contents = new Contents(this);
    this.byValue = new ByValue(this);
  }

  /**
   * Walks the graph once.
   *
   * @throws LimitException where a short save stands for so many members that nothing could be made
   *     of them (no pickler writes such, and their JSON would be beyond its limit as well), or
   *     where it would take more memory than a save may
   */
  public static Meaning of(SaveGraph graph, Limits limits) throws LimitException {
    MemoryEstimate footprint = MemoryEstimate.of(graph, limits.memory() / 4);
    Memory memory = Memory.beside(graph.footprint(), limits);
    memory.take(footprint.meaning());
    Meaning meaning = new Meaning(graph, limits, footprint, memory);
    meaning.references.count();
    return meaning;
  }

  /** About how many bytes of heap it takes, with the graph. */
  public long footprint() {
    return graph.footprint() + footprint.meaning() + members.footprint();
  }

  /** The limits of the save, which hold for every step that works on this meaning. */
  public Limits limits() {
    return limits;
  }

  /**
   * The heap that a step may take while this meaning and its graph are there.
   *
   * @throws LimitException where nothing is left
   */
  public Memory memory() throws LimitException {
    return Memory.beside(footprint(), limits);
  }

  /** What else takes heap that is made of it. */
  public MemoryEstimate steps() {
    return footprint;
  }

  public SaveGraph graph() {
    return graph;
  }

  public int root() {
    return graph.root();
  }

  public Kind kind(int node) {
    return graph.kind(node);
  }

  /** The value of a {@link Kind#BOOL}. */
  public boolean isTrue(int node) {
    return scalars.isTrue(node);
  }

  /** Whether a {@link Kind#INT} fits into a long. */
  public boolean fitsLong(int node) {
    return scalars.fitsLong(node);
  }

  /** The value of a {@link Kind#INT}; its low 64 bits where it does not fit. */
  public long longValue(int node) {
    return scalars.longValue(node);
  }

  public BigInteger bigInteger(int node) {
    return scalars.bigInteger(node);
  }

  public double floatValue(int node) {
    return scalars.floatValue(node);
  }

  /** Whether the value is text: a {@link Kind#STR}, or a {@link Kind#PY2_STR} of strict UTF-8. */
  public boolean isText(int node) {
    return scalars.isText(node);
  }

  /** The text of a node that {@link #isText}; it may hold lone surrogates. */
  public String text(int node) {
    return scalars.text(node);
  }

  /**
   * Whether a high surrogate stands directly before a low one as two code points, which a Java
   * string cannot tell.
   */
  public boolean hasSurrogatePair(int node) {
    return graph.kind(node) == Kind.STR && hasPair(node);
  }

  /** The same of any UTF-8 with surrogates as three bytes each. */
  public boolean hasSurrogatePair(byte[] utf8) {
    return Scalars.hasSurrogatePair(utf8, 0, utf8.length);
  }

  private boolean hasPair(int node) {
    if (NodeText.isPlain(graph.op(node))) {
      return Scalars.hasSurrogatePair(graph.source(), graph.a(node), graph.b(node));
    }
    byte[] bytes = scalars.bytes(node);
    return Scalars.hasSurrogatePair(bytes, 0, bytes.length);
  }

  /**
   * The value of a {@link Kind#BYTES}, {@link Kind#BYTEARRAY} or {@link Kind#PY2_STR}; UTF-8 of a
   * {@link Kind#STR}.
   */
  public byte[] bytes(int node) {
    return scalars.bytes(node);
  }

  /**
   * Whether {@link #bytes} are operands a (offset) and b (length) of {@link SaveGraph#source()} as
   * they stand.
   */
  public boolean isSlice(int node) {
    int op = graph.op(node);
    return op >= Op.BINSTRING && op <= Op.BYTEARRAY8 && op != Op.UNICODE;
  }

  /** The name of a {@link Kind#GLOBAL}, mapped from Python 2. */
  public GlobalName global(int node) {
    return names.name(node);
  }

  /** The module of a {@link Kind#GLOBAL} in UTF-8, surrogates as three bytes each. */
  public byte[] moduleBytes(int node) {
    return names.utf8(node).module();
  }

  /** What {@link #globalQualname} gives, in UTF-8 with surrogates as three bytes each. */
  public byte[] qualnameBytes(int node) {
    return names.utf8(node).qualname();
  }

  public String globalQualname(int node) {
    return names.name(node).qualname();
  }

  /** {@code module.qualname}. */
  public String globalName(int node) {
    return names.name(node).dotted();
  }

  /**
   * The name of a class: of a {@link Kind#GLOBAL} as it stands; of one that cloudpickle or dill
   * wrote whole as the call that would make it has it; null for what is neither.
   */
  public @Nullable String className(int node) {
    return graph.kind(node) == Kind.GLOBAL ? globalName(node) : byValue.className(node);
  }

  /**
   * Of a class or function that cloudpickle or dill wrote whole, like {@code class __main__.Point};
   * null for any other value.
   */
  public @Nullable String byValue(int node) {
    return byValue.title(node);
  }

  /** Notes the nodes that {@link #className} reads of a class that was written whole. */
  public void classNameNodes(int node, BitSet nodes) {
    byValue.named(node, nodes);
  }

  /** {@link #globalName} in UTF-8, surrogates as three bytes each. */
  public byte[] globalBytes(int node) {
    return names.utf8(node).dotted();
  }

  /** The two parts of a name in UTF-8, surrogates as three bytes each. */
  public NameBytes nameBytes(int node) {
    return names.utf8(node);
  }

  /**
   * The node of a persistent id's value; -1 where it is the text that {@link #persidText} gives.
   */
  public int persidValue(int node) {
    return graph.op(node) == Op.BINPERSID ? graph.a(node) : -1;
  }

  /** The text of a persistent id that was written as a line; ASCII. */
  public String persidText(int node) {
    return Scalars.decode(graph.source(), graph.a(node), graph.b(node));
  }

  /** The code of a {@link Kind#EXT}, the index of a {@link Kind#BUFFER}. */
  public int number(int node) {
    return graph.a(node);
  }

  /** Items of a list or tuple; members of a set or frozenset, those that are equal once. */
  public int[] items(int node) {
    return members.toArray(itemSpan(node));
  }

  /** Key, value, key, value... of a dict: of equal keys the first, with the last one's value. */
  public int[] pairs(int node) {
    return items(node);
  }

  /** What {@link #pairs} of a dict has. */
  public long pairSpan(int dict) {
    try {
      return members.dict(dict);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /** What {@link #items} or {@link #pairs} has. */
  public long itemSpan(int node) {
    try {
      return members.items(node);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /**
   * A small number that dicts have in common whose keys are the very same nodes in the same order,
   * as the states of most objects of one class are; -1 for a dict that has none.
   */
  public int layout(int dict) {
    return members.layout(dict);
  }

  /** {@link #pairSpan} of a dict that has a {@link #layout}. */
  public long layoutPairs(int dict) {
    return members.laidOut(dict);
  }

  /** The node at an index of a {@link MemberSpan}. */
  public int member(int index) {
    return members.member(index);
  }

  public int[] toArray(long span) {
    return members.toArray(span);
  }

  /** The class of a {@link Kind#OBJECT}, or what a {@link Kind#CALL} calls. */
  public int callable(int node) {
    return ContainerMembers.callable(graph, node);
  }

  public int[] arguments(int node) {
    return members.toArray(argumentSpan(node));
  }

  public long argumentSpan(int node) {
    try {
      return members.arguments(node);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /** The keyword arguments of an object: name, value, name, value... */
  public int[] keywords(int node) {
    return members.toArray(keywordSpan(node));
  }

  public long keywordSpan(int node) {
    try {
      return members.keywords(node);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /** The states that {@code BUILD} gave, mostly one. */
  public int[] states(int node) {
    return members.toArray(stateSpan(node));
  }

  /**
   * The state of an object that was given no argument and that one state alone, as nearly all are;
   * -1 for any other, and for one that is no part of the save.
   */
  public int plainState(int node) {
    return references.plainState(node);
  }

  public long stateSpan(int node) {
    try {
      return members.states(node);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /** What was appended or added to an object or call result. */
  public int[] appended(int node) {
    return members.toArray(appendedSpan(node));
  }

  public long appendedSpan(int node) {
    try {
      return members.appended(node);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /**
   * All pairs that were set on an object or call result, equal keys included: key, value, key,
   * value...
   */
  public int[] entries(int node) {
    return members.toArray(entrySpan(node));
  }

  public long entrySpan(int node) {
    try {
      return members.entries(node);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /**
   * The pairs of a call that Python 2 gave them as a list of lists of two, as a subclass of {@code
   * OrderedDict} has them; null for any other.
   */
  @Nullable Long pairsOfList(int node) {
    return members.pairsOfList(node);
  }

  private static IllegalStateException notWalked(LimitException e) {
    // What the walk met is made already and cannot fail any more.
    return new IllegalStateException("the node is not part of the meaning", e);
  }

  /**
   * Name, value, name, value... of a state that stands inline, slots last; null where the state
   * does not.
   */
  public int @Nullable [] inlineAttributes(int node) {
    return attributes.inline(node);
  }

  /**
   * The names of the slots in a state that stands inline; null where there is no pair of dict and
   * slots.
   */
  public int @Nullable [] slotNames(int node) {
    return attributes.slots(node);
  }

  /**
   * How a state stands: what {@link #inlineAttributes} and {@link #slotNames} are made of, without
   * a copy.
   */
  public Attributes attributes() {
    return attributes;
  }

  /** What values hold as containers. */
  public Contents contents() {
    return contents;
  }

  /**
   * How many refer to the value in the meaning: 0, 1, or 2 for more. The root refers to itself
   * once.
   */
  public int references(int node) {
    return references.references(node);
  }

  /** Whether the value has an identity, and the document would show it more than once. */
  public boolean isShared(int node) {
    return references.shown(node) > 1 && hasIdentity(node);
  }

  /**
   * Whether it matters that two values are the same one: a list, dict, set, non-empty tuple,
   * bytearray, object, call.
   */
  public boolean hasIdentity(int node) {
    return switch (graph.kind(node)) {
      case LIST, DICT, SET, FROZENSET, BYTEARRAY, OBJECT, CALL -> true;
      case TUPLE -> MemberSpan.count(members.tuple(node)) > 0;
      default -> false;
    };
  }

  /**
   * The bytes of a well-known date, time or datetime that was given nothing else, where they stand
   * in the pickle: of 4, 6 or 10 bytes. -1 for any other.
   */
  public int packedTime(int node) {
    return references.packedTime(node);
  }

  /** The value that a well-known type's object or call shows; null for any other. */
  public @Nullable WellKnown wellKnown(int node) {
    return references.mayBeWellKnown(node) ? wellKnownValue(node) : null;
  }

  private @Nullable WellKnown wellKnownValue(int node) {
    WellKnownType type = forms.type(callable(node));
    if (type == null) {
      return null;
    }
    try {
      return forms.value(node, type);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }

  /**
   * Whether a text key can be a member's name in JSON: it does not start with {@code $} and would
   * not be a {@code $str}.
   */
  public boolean isMemberName(int node) {
    if (memberNames.get(node)) {
      return true;
    }
    boolean is =
        graph.b(node) > LONG_NAME
            ? longNames.computeIfAbsent(node, this::canNameMember)
            : canNameMember(node);
    memberNames.set(node, is);
    return is;
  }

  private boolean canNameMember(int node) {
    return isText(node) && !startsWithDollar(node) && !hasSurrogatePair(node);
  }

  private boolean startsWithDollar(int node) {
    if (isSlice(node)) {
      return graph.b(node) > 0 && graph.source()[graph.a(node)] == '$';
    }
    byte[] bytes = scalars.bytes(node);
    return bytes.length > 0 && bytes[0] == '$';
  }

  /** Whether all keys of a span of pairs are {@link #isMemberName}. */
  public boolean areMemberNames(long pairs) {
    int start = MemberSpan.start(pairs);
    for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
      if (!isMemberName(members.member(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a key of one span of pairs is equal to one of the other. */
  boolean haveEqualKeys(long left, long right) {
    try {
      return members.haveEqualKeys(left, right);
    } catch (LimitException e) {
      throw notWalked(e);
    }
  }
}
