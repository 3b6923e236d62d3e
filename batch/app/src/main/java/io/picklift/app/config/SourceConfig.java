package io.picklift.app.config;

import io.picklift.app.encoding.Encoding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the saves are.
 *
 * @param database the server; null where the saves are in files
 * @param files a folder or an archive of pickles; null where they are in a table
 * @param table the table of the saves
 * @param key its primary key
 * @param blob the column of the pickle
 * @param where which rows, as SQL; null for all
 * @param watermark a column that grows with every write; null where the BLOB's hash tells a change
 * @param encoding the encodings around the pickle, outermost first; null where the content tells
 * @param columns columns that hold a copy of a value: column to path in the save
 * @param json a column that holds a JSON copy of the save; null for none
 */
public record SourceConfig(
    @Nullable Database database,
    @Nullable Path files,
    String table,
    List<String> key,
    String blob,
    @Nullable String where,
    @Nullable String watermark,
    @Nullable List<Encoding> encoding,
    Map<String, String> columns,
    @Nullable String json) {}
