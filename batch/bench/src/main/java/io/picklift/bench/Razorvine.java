package io.picklift.bench;

import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.GlobalName;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TimeZone;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Unpickler;

/**
 * Makes razorvine's unpickler take the classes that it does not know, as a user would: a
 * constructor for each, whose objects keep the arguments and the state.
 */
final class Razorvine {
  private Razorvine() {}

  static void register(SaveGraph graph) throws LimitException {
    Meaning meaning = Meaning.of(graph, Limits.defaults());
    for (int node = 0; node < graph.size(); node++) {
      if (graph.kind(node) == Kind.GLOBAL) {
        GlobalName name = meaning.global(node);
        if (!Known.isKnown(name.dotted())) {
          Unpickler.registerConstructor(name.module(), name.qualname(), constructor(name.dotted()));
        }
      }
    }
  }

  private static IObjectConstructor constructor(String name) {
    return switch (name) {
      // APPENDS takes nothing but an ArrayList.
      case "collections.deque" -> arguments -> new ArrayList<Object>();
      // A datetime takes nothing but a TimeZone, whatever it was.
      case "datetime.timezone" -> arguments -> TimeZone.getTimeZone("UTC");
      default -> Razorvine::construct;
    };
  }

  /** Has a look at the constructors that it brings. */
  private static final class Known extends Unpickler {
    static boolean isKnown(String name) {
      return objectConstructors.containsKey(name);
    }
  }

  private static Object construct(Object[] arguments) {
    return new Instance(Arrays.asList(arguments));
  }

  /** An object of any class; {@code BUILD} finds its methods by reflection. */
  public static final class Instance extends HashMap<Object, Object> {
    private static final long serialVersionUID = 1L;

    private final transient List<Object> given = new ArrayList<>();

    Instance(List<Object> arguments) {
      given.addAll(arguments);
    }

    /** The state, a dict: the method is looked for by just this class. */
    @SuppressWarnings("NonApiType")
    public void __setstate__(HashMap<String, Object> state) {
      putAll(state);
    }

    /** The state, a tuple: a dict and slots. */
    public void __setstate__(Object[] state) {
      given.addAll(Arrays.asList(state));
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
