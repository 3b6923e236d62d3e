package io.picklift.codec.meaning;

import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes and functions that cloudpickle and dill write whole, since no module has them: calls that
 * would make them of their code. Nothing is made; what names them in the call's arguments is read.
 */
final class ByValue {
  /** Far more than any such call has. */
  private static final int MOST_ARGUMENTS = 32;

  private static final Thing NONE = new Thing(null, null, new int[0]);

  private final Meaning meaning;
  private final SaveGraph graph;
  private final Map<Integer, Thing> known = new HashMap<>();

  /** Names that are known to be none of what makes classes and functions: nearly all are. */
  private final BitSet others = new BitSet();

  /** By key and dict what {@link #text} gave: any number of calls may be given one dict. */
  private final Map<String, Map<Integer, Integer>> texts = new HashMap<>();

  /** What {@code _class_setstate} was called with: class to state. Made when it is asked for. */
  private @Nullable Map<Integer, Integer> classStates;

  /**
   * What a call makes.
   *
   * @param className the name of a class, {@code module.qualname}; null for any other
   * @param functionName that of a function
   * @param nodes what the name was read from
   */
  private record Thing(@Nullable String className, @Nullable String functionName, int[] nodes) {}

  ByValue(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  /** The name of a class that is made by value; null for any other node. */
  @Nullable String className(int node) {
    return of(node).className();
  }

  /** Like {@code function game.outer.<locals>.inner}; null for what is made in no such way. */
  @Nullable String title(int node) {
    Thing thing = of(node);
    return thing.className() != null
        ? "class " + thing.className()
        : thing.functionName() == null ? null : "function " + thing.functionName();
  }

  /** Notes the nodes that the name of a class is read from. */
  void named(int node, BitSet nodes) {
    Arrays.stream(of(node).nodes()).forEach(nodes::set);
  }

  private Thing of(int node) {
    if (graph.kind(node) != Kind.CALL || !isMade(meaning.callable(node))) {
      return NONE;
    }
    Thing thing = known.get(node);
    return thing == null ? readFirst(node) : thing;
  }

  /** Whether a call of this may be one that makes a class or a function. */
  private boolean isMade(int callable) {
    if (graph.kind(callable) != Kind.GLOBAL || others.get(callable)) {
      return false;
    }
    if (maker(meaning.globalName(callable)).isEmpty()) {
      others.set(callable);
      return false;
    }
    return true;
  }

  /** Without recursion: a pickle can fill a function any number of times, each time in a call. */
  private Thing readFirst(int node) {
    List<Integer> passed = new ArrayList<>();
    int at = node;
    @Nullable Thing thing = null;
    while (thing == null) {
      passed.add(at);
      int inner = filled(at);
      thing = inner < 0 ? read(at) : known.get(inner);
      at = inner;
    }
    for (int one : passed) {
      known.put(one, thing);
    }
    return thing;
  }

  /** The function that a call fills with its code; -1 for any other call. */
  private int filled(int call) {
    int[] arguments = maker(call).equals("_fill_function") ? arguments(call) : new int[0];
    // The function is made before it is filled.
    boolean isOne =
        arguments.length > 0 && graph.kind(arguments[0]) == Kind.CALL && arguments[0] < call;
    return isOne ? arguments[0] : -1;
  }

  private Thing read(int node) {
    String maker = maker(node);
    int[] arguments = maker.isEmpty() ? new int[0] : arguments(node);
    if (arguments.length == 0) {
      return NONE;
    }
    return switch (maker) {
      case "_make_skeleton_class" -> type(at(arguments, 1), moduleOf(node, at(arguments, 3)));
      case "_make_skeleton_enum" -> type(at(arguments, 2), at(arguments, 4));
      case "_create_type" -> type(at(arguments, 1), text(at(arguments, 3), "__module__"));
      case "_create_namedtuple" -> type(at(arguments, 0), at(arguments, 2));
      case "_rehydrate_skeleton_class" ->
          // The skeleton is made before the class is whole.
          graph.kind(arguments[0]) == Kind.CALL && arguments[0] < node
              ? skeleton(arguments[0], at(arguments, 1))
              : NONE;
      case "_make_function", "_create_function", "_make_skel_func" -> function(node, arguments);
      default -> NONE;
    };
  }

  /**
   * The name of the function that a call is of, where it is one of cloudpickle or dill, wherever
   * these are vendored; empty for any other.
   */
  private String maker(int call) {
    int callable = meaning.callable(call);
    return graph.kind(callable) == Kind.GLOBAL ? maker(meaning.globalName(callable)) : "";
  }

  private static String maker(String name) {
    int dot = name.lastIndexOf('.');
    String module = dot < 0 ? "" : name.substring(0, dot);
    boolean isOne =
        module.equals("cloudpickle")
            || module.endsWith(".cloudpickle")
            || module.endsWith("cloudpickle_fast")
            || module.equals("dill._dill")
            || module.equals("dill.dill");
    return isOne ? name.substring(dot + 1) : "";
  }

  /** The arguments of a call; none where they are more than any such call has. */
  private int[] arguments(int call) {
    int count = MemberSpan.count(meaning.argumentSpan(call));
    return count > MOST_ARGUMENTS ? new int[0] : meaning.arguments(call);
  }

  private static int at(int[] arguments, int place) {
    return place < arguments.length ? arguments[place] : -1;
  }

  private Thing skeleton(int maker, int state) {
    int[] arguments = arguments(maker);
    return type(at(arguments, arguments.length > 2 ? 1 : 0), text(state, "__module__"));
  }

  /** A class of this name; -1 for a module that nothing tells. */
  private Thing type(int name, int module) {
    if (name < 0 || !meaning.isText(name)) {
      return NONE;
    }
    boolean hasModule = module >= 0 && meaning.isText(module);
    String dotted = (hasModule ? meaning.text(module) + "." : "") + meaning.text(name);
    return new Thing(dotted, null, hasModule ? new int[] {name, module} : new int[] {name});
  }

  /** cloudpickle has a class's module among its keywords, or sets it later, with its methods. */
  private int moduleOf(int type, int keywords) {
    int module = text(keywords, "__module__");
    if (module >= 0) {
      return module;
    }
    // What a class has from its base is not written again: its module mostly is the base's.
    int at = type;
    for (int depth = 0; depth < MOST_ARGUMENTS && at >= 0; depth++) {
      Integer state = classStates().get(at);
      if (state != null && graph.kind(state) == Kind.TUPLE) {
        long parts = meaning.itemSpan(state);
        module =
            MemberSpan.count(parts) == 0
                ? -1
                : text(meaning.member(MemberSpan.start(parts)), "__module__");
        if (module >= 0) {
          return module;
        }
      }
      at = base(at);
    }
    return -1;
  }

  /** The first base of a class, where that is made by value too and stands before it; else -1. */
  private int base(int type) {
    int bases = at(arguments(type), 2);
    if (bases < 0 || graph.kind(bases) != Kind.TUPLE) {
      return -1;
    }
    long items = meaning.itemSpan(bases);
    for (int i = 0; i < Math.min(MOST_ARGUMENTS, MemberSpan.count(items)); i++) {
      int base = meaning.member(MemberSpan.start(items) + i);
      if (graph.kind(base) == Kind.CALL && base < type) {
        return base;
      }
    }
    return -1;
  }

  /** The value of a text key of a dict, if it is text; else -1. */
  private int text(int dict, String key) {
    if (dict < 0 || graph.kind(dict) != Kind.DICT) {
      return -1;
    }
    return texts
        .computeIfAbsent(key, any -> new HashMap<>())
        .computeIfAbsent(dict, any -> find(dict, key));
  }

  private int find(int dict, String key) {
    int[] pairs = meaning.pairs(dict);
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      if (meaning.isText(pairs[i]) && meaning.text(pairs[i]).equals(key)) {
        return meaning.isText(pairs[i + 1]) ? pairs[i + 1] : -1;
      }
    }
    return -1;
  }

  private Map<Integer, Integer> classStates() {
    Map<Integer, Integer> states = classStates;
    if (states == null) {
      states = new HashMap<>();
      for (int node = 0; node < graph.size(); node++) {
        if (graph.kind(node) == Kind.CALL && maker(node).equals("_class_setstate")) {
          int[] arguments = arguments(node);
          if (arguments.length == 2) {
            states.putIfAbsent(arguments[0], arguments[1]);
          }
        }
      }
      classStates = states;
    }
    return states;
  }

  /** The code object's texts are file, name and, since Python 3.11, qualified name. */
  private Thing function(int node, int[] arguments) {
    List<String> texts = new ArrayList<>();
    if (graph.kind(arguments[0]) == Kind.CALL && arguments[0] < node) {
      for (int part : arguments(arguments[0])) {
        if (meaning.isText(part)) {
          texts.add(meaning.text(part));
        }
      }
    }
    if (texts.size() < 2) {
      return new Thing(null, "of unknown name", new int[0]);
    }
    int module = arguments.length > 1 ? text(arguments[1], "__name__") : -1;
    String prefix = module < 0 ? "" : meaning.text(module) + ".";
    return new Thing(null, prefix + texts.get(Math.min(2, texts.size() - 1)), new int[0]);
  }
}
