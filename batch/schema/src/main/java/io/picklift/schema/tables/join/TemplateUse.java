package io.picklift.schema.tables.join;

import io.picklift.codec.model.PickleStyle;
import io.picklift.schema.tables.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * Whether new parts of a migrated save may be made like those of other saves.
 *
 * @param found what others have; null where nothing is known of them
 * @param mayAsk whether that was not looked for yet
 */
record TemplateUse(@Nullable Template found, boolean mayAsk) {
  static final TemplateUse UNASKED = new TemplateUse(null, true);
  static final TemplateUse NONE = new TemplateUse(null, false);

  static TemplateUse of(Template found) {
    return new TemplateUse(found, false);
  }

  /** The template, where it is one for a save of that style. */
  @Nullable Template template(PickleStyle style) {
    return found != null && found.isFor(style) ? found : null;
  }
}
