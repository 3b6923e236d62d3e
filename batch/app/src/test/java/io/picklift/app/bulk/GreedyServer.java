package io.picklift.app.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A server, but for one statement, which it answers by asking the client for a file. */
final class GreedyServer implements AutoCloseable {
  private final ServerSocket listening;
  private final String host;
  private final int port;
  private final String words;
  private final Path file;
  private final AtomicInteger wishes = new AtomicInteger();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  GreedyServer(String url, String words, Path file) throws IOException {
    URI server = URI.create(url.substring("jdbc:".length()));
    host = server.getHost();
    port = server.getPort();
    this.words = words;
    this.file = file;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String url(String url) {
    return url.replace(host + ":" + port, "127.0.0.1:" + listening.getLocalPort());
  }

  /** How often it asked. */
  int wishes() {
    return wishes.get();
  }

  /** All that clients said. */
  String heard() {
    synchronized (heard) {
      return heard.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "greedy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(host, port);
        start(() -> listen(client, server));
        start(() -> copy(server, client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      return;
    }
  }

  private void listen(Socket client, Socket server) {
    byte[] buffer = new byte[1 << 16];
    boolean isAsking = false;
    try (client;
        server) {
      InputStream in = client.getInputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        synchronized (heard) {
          heard.write(buffer, 0, length);
        }
        if (new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(words)) {
          isAsking = true;
          wishes.incrementAndGet();
          client.getOutputStream().write(OtherFileTest.wish(file));
        } else if (isAsking) {
          // Whatever the client answered: the real server knows of nothing.
          return;
        } else {
          server.getOutputStream().write(buffer, 0, length);
        }
      }
    } catch (IOException e) {
      // Either side is gone, and so is the other now.
      return;
    }
  }

  private static void copy(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        out.write(buffer, 0, length);
      }
    } catch (IOException e) {
      // Either side is gone, and so is the other now.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
