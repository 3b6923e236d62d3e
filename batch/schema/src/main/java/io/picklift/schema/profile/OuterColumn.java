package io.picklift.schema.profile;

import org.jspecify.annotations.Nullable;

/**
 * A column of the table that the saves are in, beside them: of its key, or carried into the target.
 *
 * @param declared the type as the server shows it, such as {@code varchar(40)}
 * @param collation of a text; null for any other
 */
public record OuterColumn(
    String name, String declared, @Nullable String collation, boolean isKey) {}
