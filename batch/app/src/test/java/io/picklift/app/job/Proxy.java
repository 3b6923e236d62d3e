package io.picklift.app.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a client and the server, and loses connections when it is told to. */
public final class Proxy implements AutoCloseable {
  private final ServerSocket listening;
  private final String host;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String fatal;
  private volatile boolean isOnce;
  private volatile @Nullable String unheard;
  private volatile boolean isAway;
  private volatile boolean isSilent;
  private volatile int cuts;
  private final AtomicInteger lost = new AtomicInteger();

  /**
   * @param url of the server, as JDBC has it
   */
  public Proxy(String url) throws IOException {
    URI server = URI.create(url.substring("jdbc:".length()));
    host = server.getHost();
    port = server.getPort();
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The same URL by way of this proxy. */
  public String url(String url) {
    return url.replace(host + ":" + port, "127.0.0.1:" + listening.getLocalPort());
  }

  /** From now on a connection is lost as soon as its client says this. */
  public void loseThoseThatSay(String words) {
    fatal = words;
  }

  /** The next connection whose client says this is lost, and no other. */
  public void loseOneThatSays(String words) {
    isOnce = true;
    fatal = words;
  }

  /**
   * The next connection whose client says this and then commits is lost after the server did so and
   * before the client hears of it.
   */
  public void loseTheAnswerToACommitAfter(String words) {
    unheard = words;
  }

  /** From now on no connection is lost for what it says. */
  public void loseNone() {
    fatal = null;
  }

  /** Loses all connections that there are. */
  public void loseAll() {
    open.forEach(Proxy::close);
  }

  /** From now on the server is away: all connections are lost, and no new one is to be had. */
  public void goAway() {
    isAway = true;
    loseAll();
  }

  /** From now on nothing arrives any more, and no connection ends. */
  public void fallSilent() {
    isSilent = true;
  }

  /**
   * Over the connections that there are nothing arrives any more, and neither side hears that the
   * other is gone; new ones are as ever.
   */
  public synchronized void cutOff() {
    cuts++;
  }

  /** The server is there again, and so is the network. */
  public void comeBack() {
    isAway = false;
    isSilent = false;
  }

  /** How many were lost for what they said. */
  public int lost() {
    return lost.get();
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
        if (isAway) {
          client.close();
          continue;
        }
        Socket server = new Socket(host, port);
        open.add(client);
        open.add(server);
        Pair pair = new Pair();
        start(() -> copy(client, server, true, pair));
        start(() -> copy(server, client, false, pair));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      loseAll();
    }
  }

  /** What is known of a client and its server. */
  private static final class Pair {
    private boolean hasSaid;
    private volatile boolean isUnheard;
  }

  /** Whether the server's next answer is one to a commit that is to be lost. */
  private boolean isUnheard(String said, Pair pair) {
    String words = unheard;
    if (words == null) {
      return false;
    }
    pair.hasSaid |= said.contains(words);
    if (pair.hasSaid && said.contains("COMMIT")) {
      unheard = null;
      lost.incrementAndGet();
      return true;
    }
    return false;
  }

  private void copy(Socket from, Socket to, boolean isClient, Pair pair) {
    byte[] buffer = new byte[1 << 16];
    int before = cuts;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        String words = fatal;
        String said = isClient ? new String(buffer, 0, length, StandardCharsets.ISO_8859_1) : "";
        if (isClient && words != null && said.contains(words)) {
          lost.incrementAndGet();
          fatal = isOnce ? null : words;
          return;
        }
        if (isClient && isUnheard(said, pair)) {
          pair.isUnheard = true;
        } else if (!isClient && pair.isUnheard) {
          return;
        }
        while (isSilent || before < cuts) {
          Thread.sleep(20);
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
