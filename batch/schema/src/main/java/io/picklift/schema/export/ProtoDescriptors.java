package io.picklift.schema.export;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TimestampProto;
import java.util.ArrayList;
import java.util.List;

/** The descriptors that protoc would make of a model's {@code .proto}. */
final class ProtoDescriptors {
  private ProtoDescriptors() {}

  static FileDescriptor of(TypedModel model) {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder()
            .setName(model.packageName() + ".proto")
            .setPackage(model.packageName())
            .setSyntax("proto3")
            .addDependency(TimestampProto.getDescriptor().getName());
    List<String> names = new ArrayList<>();
    names.add(model.save().name());
    model.types().forEach(type -> names.add(type.name()));
    names.add(TypedModel.UNHELD);
    if (model.hasArrays()) {
      names.add(TypedModel.ARRAY);
    }
    for (String name : names) {
      ProtoMessage message = model.lock().message(name);
      if (message != null) {
        file.addMessageType(message(model.packageName(), message));
      }
    }
    try {
      return FileDescriptor.buildFrom(
          file.build(), new FileDescriptor[] {TimestampProto.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the model of " + model.packageName() + " is no .proto", e);
    }
  }

  private static DescriptorProto message(String packageName, ProtoMessage message) {
    DescriptorProto.Builder to = DescriptorProto.newBuilder().setName(message.name());
    for (ProtoField field : message.fields()) {
      FieldDescriptorProto.Builder made =
          FieldDescriptorProto.newBuilder().setName(field.name()).setNumber(field.number());
      type(made, packageName, field.type());
      if (field.repeated()) {
        made.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
      } else {
        // "optional" of proto3 is a oneof of its own.
        made.setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
            .setProto3Optional(true)
            .setOneofIndex(to.getOneofDeclCount());
        to.addOneofDeclBuilder().setName("_" + field.name());
      }
      to.addField(made);
    }
    return to.build();
  }

  private static void type(FieldDescriptorProto.Builder field, String packageName, String type) {
    switch (type) {
      case "bool" -> field.setType(FieldDescriptorProto.Type.TYPE_BOOL);
      case "int32" -> field.setType(FieldDescriptorProto.Type.TYPE_INT32);
      case "uint32" -> field.setType(FieldDescriptorProto.Type.TYPE_UINT32);
      case "int64" -> field.setType(FieldDescriptorProto.Type.TYPE_INT64);
      case "uint64" -> field.setType(FieldDescriptorProto.Type.TYPE_UINT64);
      case "double" -> field.setType(FieldDescriptorProto.Type.TYPE_DOUBLE);
      case "string" -> field.setType(FieldDescriptorProto.Type.TYPE_STRING);
      case "bytes" -> field.setType(FieldDescriptorProto.Type.TYPE_BYTES);
      default -> {
        String name = type.indexOf('.') < 0 ? packageName + "." + type : type;
        field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName("." + name);
      }
    }
  }
}
