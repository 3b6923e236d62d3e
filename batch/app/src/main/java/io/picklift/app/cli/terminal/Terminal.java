package io.picklift.app.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results, as bytes; unlike {@code System.out} it tells when a pipe is closed or a disk
 *     full
 * @param err everything else, as lines
 */
public record Terminal(OutputStream out, PrintStream err) {
  public static Terminal ofProcess() {
    return new Terminal(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
  }
}
