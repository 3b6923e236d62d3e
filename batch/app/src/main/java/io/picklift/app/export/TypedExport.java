package io.picklift.app.export;

import io.picklift.app.decode.RefusedException;
import io.picklift.app.scan.ScannedSave;
import io.picklift.app.target.MappedTables;
import io.picklift.codec.Limits;
import io.picklift.schema.export.ExportGuide;
import io.picklift.schema.export.TypedJson;
import io.picklift.schema.export.TypedMessages;
import io.picklift.schema.export.TypedModel;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.split.SplitSave;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

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

  /**
   * For a mapping.
   *
   * @param limits of each save
   * @param isJson whether the messages are lines of JSON
   */
  public TypedExport(Mapping mapping, TypedModel model, Limits limits, boolean isJson) {
    this.mapping = mapping;
    tables = new MappedTables(mapping, RowComputer.NONE, limits);
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
  public long write(ScannedSave.Save save, OutputStream out) throws RefusedException, IOException {
    SplitSave split = tables.split(save.graph());
    if (isJson) {
      json.write(save.key(), split.rows(), out);
    } else {
      messages.write(save.key(), split.rows(), out);
    }
    return split.counts().unfit();
  }

  @Override
  public Map<String, String> schemas() {
    Map<String, String> files = new LinkedHashMap<>(ProfileFiles.ofMapping(mapping, model.lock()));
    files.remove("tables.sql");
    files.keySet().removeIf(name -> name.endsWith(".schema.json") != isJson);
    files.put(ExportGuide.NAME, ExportGuide.text(model, isJson));
    return files;
  }
}
