package io.picklift.app.throttle;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An address that answers with success while the run may work. */
final class HttpAnswer implements Gauge {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int HUNDRED = 100;
  private static final int SUCCESS = 2;

  private final URI address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  HttpAnswer(URI address) {
    this.address = address;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String needs() {
    return "";
  }

  @Override
  public @Nullable String hold() throws IOException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / HUNDRED == SUCCESS ? null : "it answers " + status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the question was interrupted";
    }
  }
}
