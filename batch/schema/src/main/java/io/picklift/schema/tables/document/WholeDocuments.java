package io.picklift.schema.tables.document;

import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A value with all that it leads to as one document of a server's JSON column: in the forms of
 * {@code decode}, which say all that the value means, or in plain JSON as other tools expect it.
 */
public final class WholeDocuments {
  private WholeDocuments() {}

  /**
   * A document.
   *
   * @param json null where no server takes it
   * @param lost how many values do not show as what they are: a tuple as an array, an object
   *     without its class, a date as text, one object shown twice
   * @param problem why there is none, beginning with the path of the value; null where there is one
   */
  public record Document(byte @Nullable [] json, int lost, @Nullable String problem) {
    private static Document of(byte[] json, int lost) {
      String problem = ServerJson.problem(json);
      return problem == null ? new Document(json, lost, null) : none(problem);
    }

    private static Document none(String problem) {
      return new Document(null, 1, problem);
    }
  }

  /**
   * In the forms of {@code decode}.
   *
   * @throws LimitException where it is longer than a save's document may be
   */
  public static Document forms(Meaning meaning, int node) throws LimitException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new JsonWriter(meaning.limits()).write(meaning, node, out);
    } catch (LimitException e) {
      throw e;
    } catch (CodecException e) {
      throw new IllegalStateException("a graph that was decoded has a document", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Document.of(out.toByteArray(), 0);
  }

  /** In plain JSON. */
  public static Document plain(JsonDocuments documents, Meaning meaning, int node) {
    Losses losses = new Losses(meaning);
    byte[] json = documents.document(node, losses);
    return json == null
        ? Document.none(ServerJson.path(documents.path()) + ": " + documents.problem())
        : Document.of(json, losses.count);
  }

  /** Counts what plain JSON does not say. */
  private static final class Losses implements JsonDocuments.Leaves {
    private final Meaning meaning;
    private final BitSet seen = new BitSet();
    private int count;

    Losses(Meaning meaning) {
      this.meaning = meaning;
    }

    @Override
    public void leaf(int node, boolean exact) {
      count += exact ? 0 : 1;
    }

    @Override
    public void container(int node) {
      Kind kind = meaning.kind(node);
      boolean isPlain = kind == Kind.LIST || (kind == Kind.DICT && hasTextKeys(node));
      count += isPlain && !seen.get(node) ? 0 : 1;
      seen.set(node);
    }

    private boolean hasTextKeys(int dict) {
      long pairs = meaning.itemSpan(dict);
      int start = MemberSpan.start(pairs);
      int end = start + MemberSpan.count(pairs);
      for (int i = start; i < end; i += 2) {
        if (!meaning.isText(meaning.member(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
