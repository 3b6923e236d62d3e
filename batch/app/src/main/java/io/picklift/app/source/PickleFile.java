package io.picklift.app.source;

/**
 * A pickle from a file or from inside an archive.
 *
 * @param label how messages name it: the file's path, {@code archive!entry} inside an archive
 * @param name its own name, without folders
 * @param bytes its content
 */
public record PickleFile(String label, String name, byte[] bytes) {}
