package io.picklift.app.input;

/**
 * A pickle from a file or from inside an archive.
 *
 * @param label how messages name it: the file's path, {@code archive!entry} inside an archive
 * @param name its own name, without folders
 * @param key the key of a save there: the path inside the folder or archive, without a final {@code
 *     .pkl}
 * @param bytes its content
 */
public record PickleFile(String label, String name, String key, byte[] bytes) {}
