package io.picklift.app.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.picklift.app.config.MonitorConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers under the paths that Spring Boot's Actuator has. */
final class MonitorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorServer.class);
  private static final String BASE = "/actuator";
  private static final String HEALTH = BASE + "/health";
  private static final String PROMETHEUS = BASE + "/prometheus";
  private static final int THREADS = 4;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int DEFECT = 500;

  private final HttpServer server;
  private final ExecutorService threads;
  private final HealthAnswers health;
  private final PrometheusMeterRegistry registry;

  /** Listens, and answers from now on. */
  MonitorServer(MonitorConfig config, HealthAnswers health, PrometheusMeterRegistry registry)
      throws IOException {
    this.health = health;
    this.registry = registry;
    // Whoever connects and says nothing is not to keep a thread for ever. The server reads these
    // once.
    limit("sun.net.httpserver.maxReqTime");
    limit("sun.net.httpserver.maxRspTime");
    server = HttpServer.create(new InetSocketAddress(config.address(), config.port()), 0);
    threads = Executors.newFixedThreadPool(THREADS, MonitorServer::daemon);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private static void limit(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "10");
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "monitor");
    thread.setDaemon(true);
    return thread;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        ask(exchange);
      } catch (RuntimeException e) {
        LOG.warn("no answer to {}", exchange.getRequestURI(), e);
        send(exchange, DEFECT, "text/plain", new byte[0]);
      }
    }
  }

  private void ask(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      send(exchange, WRONG_METHOD, "text/plain", new byte[0]);
      return;
    }
    find(exchange, exchange.getRequestURI().getPath().replaceFirst("/+$", ""));
  }

  private void find(HttpExchange exchange, String path) throws IOException {
    if (path.equals(PROMETHEUS)) {
      String accepted = exchange.getRequestHeaders().getFirst("Accept");
      boolean isOpenMetrics = accepted != null && accepted.contains("application/openmetrics-text");
      String type =
          isOpenMetrics
              ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
              : "text/plain; version=0.0.4; charset=utf-8";
      send(exchange, OK, type, registry.scrape(type).getBytes(StandardCharsets.UTF_8));
      return;
    }
    if (path.equals(HEALTH) || path.startsWith(HEALTH + "/")) {
      String[] parts = path.substring(HEALTH.length()).split("/", -1);
      HealthAnswers.Answer found = health.of(Arrays.copyOfRange(parts, 1, parts.length));
      if (found != null) {
        send(exchange, found.code(), "application/json", found.body());
        return;
      }
    }
    String paths = HEALTH + "\n" + PROMETHEUS + "\n";
    boolean isIndex = path.isEmpty() || path.equals(BASE);
    send(exchange, isIndex ? OK : NOT_FOUND, "text/plain", paths.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean isBare = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(code, isBare ? -1 : body.length);
    if (!isBare) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
