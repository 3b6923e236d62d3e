package io.picklift.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The network between the command and the server: counts packets, and does what it is told to. */
final class ChaosProxy implements AutoCloseable {
  private static final int SLOW_MILLIS = 15;

  private final ServerSocket listening;
  private final int serverPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong packets = new AtomicLong();
  private volatile boolean isSilent;
  private volatile boolean isSlow;

  ChaosProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What the clients sent since {@link #restart()}. */
  long packets() {
    return packets.get();
  }

  /** Forgets connections and faults. */
  void restart() {
    isSilent = false;
    isSlow = false;
    reset();
    packets.set(0);
  }

  void silent(boolean is) {
    isSilent = is;
  }

  void slow(boolean is) {
    isSlow = is;
  }

  /** Ends all connections with RST. */
  void reset() {
    for (Socket socket : open) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already, and whoever copied from it has taken it out.
        continue;
      }
      close(socket);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        start(() -> connect(client));
      }
    } catch (IOException e) {
      reset();
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      open.add(server);
      start(() -> copy(client, server, true));
      start(() -> copy(server, client, false));
    } catch (IOException e) {
      // The server is away; so is its connection.
      close(client);
    }
  }

  private void copy(Socket from, Socket to, boolean isClient) {
    byte[] buffer = new byte[1 << 15];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (isClient) {
          packets.incrementAndGet();
        }
        while (isSilent) {
          Thread.sleep(5);
        }
        if (isSlow) {
          Thread.sleep(SLOW_MILLIS);
        }
        out.write(buffer, 0, length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Either side is gone, and so is the other now.
      close(to);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
