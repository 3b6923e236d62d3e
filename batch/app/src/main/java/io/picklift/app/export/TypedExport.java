package io.picklift.app.export;

import io.picklift.app.decode.RefusedException;
import io.picklift.app.scan.ScannedSave;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.TargetTables;
import io.picklift.schema.export.ExportGuide;
import io.picklift.schema.export.TypedJson;
import io.picklift.schema.export.TypedMessages;
import io.picklift.schema.export.TypedModel;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.tables.split.SplitSave;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a mapping's tables hold of each save, as one typed message: {@code saves.bin} for Protobuf
 * with the length ahead, {@code saves.ndjson} for a line of JSON.
 */
public final class TypedExport implements ExportForm {
  private final Mapping mapping;
  private final MappedTables tables;
  private final TypedModel model;
  private final boolean isJson;
  private final TypedMessages messages;
  private final TypedJson json;
  private final Map<String, Long> left = new ConcurrentSkipListMap<>();

  /**
   * For a mapping, with the columns of its adapters.
   *
   * @param isJson whether the messages are lines of JSON
   */
  public TypedExport(TargetTables target, TypedModel model, boolean isJson) {
    mapping = target.mapping();
    tables = target.tables();
    this.model = model;
    this.isJson = isJson;
    messages = new TypedMessages(model);
    json = new TypedJson(model);
  }

  @Override
  public String entry() {
    return isJson ? "saves.ndjson" : "saves.bin";
  }

  @Override
  public void write(ScannedSave.Save save, OutputStream out) throws RefusedException, IOException {
    NullCells nulls = new NullCells();
    SplitSave split = tables.split(save.graph(), save.splitValue(), nulls);
    if (isJson) {
      json.write(save.key(), split.rows(), nulls, out);
    } else {
      messages.write(save.key(), split.rows(), nulls, out);
    }
    nulls.cut(
        (table, column) -> {
          TableMapping of = mapping.tables().get(table);
          left.merge(of.name() + "." + of.stored().get(column).name(), 1L, Long::sum);
        });
  }

  @Override
  public Map<String, Long> left() {
    return new TreeMap<>(left);
  }

  @Override
  public Map<String, String> schemas() {
    Map<String, String> files = new LinkedHashMap<>(ProfileFiles.ofMapping(mapping, model.lock()));
    files.remove("tables.sql");
    files.keySet().removeIf(name -> name.endsWith(".schema.json") != isJson);
    files.put(ExportGuide.NAME, ExportGuide.text(model, isJson, left()));
    return files;
  }
}
