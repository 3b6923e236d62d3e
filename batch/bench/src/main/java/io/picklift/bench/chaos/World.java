package io.picklift.bench.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** The BLOBs that a source's rows are filled with: small ones, large ones, garbage, bombs. */
final class World {
  private static final int BOMB_MB = 400;
  private static final byte[] MAPPING =
      """
      version: 1
      ledger: picklift_save
      tables:
        player:
          class: game.Player
          columns:
            name:  {type: VARCHAR(40), index: true}
            level: INT
            money: DOUBLE
        friend:
          class: game.Friend
          columns:
            name:  {type: VARCHAR(60), index: true}
            since: INT
            player: {references: player}
        bag_item:
          each: player.bag
          key: {column: thing, type: VARCHAR(40)}
          columns:
            amount: {path: ".", type: INT, index: true}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final List<byte @Nullable []> blobs = new ArrayList<>();

  World(int number) {
    Random random = new Random(1000 + number);
    for (int i = 0; i < 30; i++) {
      blobs.add(player(random, random.nextInt(4), random.nextInt(4)));
    }
    for (int i = 0; i < 8; i++) {
      blobs.add(player(random, random.nextInt(200), random.nextInt(100)));
    }
    blobs.add(player(random, 2_000 + random.nextInt(2_000), 500));
    blobs.add(null);
    blobs.add(new byte[0]);
    blobs.add("<html><body>502 Bad Gateway</body></html>".getBytes(StandardCharsets.UTF_8));
    byte[] whole = player(random, 5, 5);
    blobs.add(Arrays.copyOf(whole, whole.length / 2));
    blobs.add(PickleText.number());
    blobs.add(deflated(player(random, 20, 10)));
    blobs.add(Base64.getEncoder().encode(player(random, 3, 3)));
    if (number % 2 == 1) {
      blobs.add(bomb());
      blobs.add(player(random, 15_000, 0));
    }
  }

  static byte[] mapping() {
    return MAPPING.clone();
  }

  private static byte[] player(Random random, int friends, int things) {
    String name = "player " + random.nextInt(1_000_000);
    return PickleText.player(
        name, random.nextInt(100), random.nextInt(10_000) / 8.0, friends, things);
  }

  List<byte @Nullable []> blobs() {
    return blobs;
  }

  /** One of the BLOBs; bombs and the largest are rare. */
  byte @Nullable [] any(Random random) {
    int last = random.nextInt(40) == 0 ? blobs.size() : 45;
    return blobs.get(random.nextInt(Math.min(last, blobs.size())));
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out)) {
      deflating.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] bomb() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (DeflaterOutputStream deflating =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
      for (int i = 0; i < BOMB_MB; i++) {
        deflating.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
