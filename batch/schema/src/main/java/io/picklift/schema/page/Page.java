package io.picklift.schema.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A page made of a template and values; {@code page.css} is the look of all of them. */
public final class Page {
  private final Template template;
  private final Map<String, Object> parts = new HashMap<>();

  private Page(Template template) {
    this.template = template;
  }

  /** A template of the folder {@code page}, with a script of its own. */
  public static Page of(String template, String script) {
    Template compiled =
        Mustache.compiler()
            .escapeHTML(true)
            .strictSections(true)
            .withLoader(name -> new StringReader(resource(name)))
            .compile(resource(template));
    Page page = new Page(compiled);
    page.parts.put("css", resource("page.css"));
    page.parts.put("js", resource(script));
    return page;
  }

  /** Writes the page. */
  public void write(Map<String, Object> values, Writer out) {
    Map<String, Object> all = new HashMap<>(values);
    all.putAll(parts);
    template.execute(all, out);
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream("/page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no page/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
