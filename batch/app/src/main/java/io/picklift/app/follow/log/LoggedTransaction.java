package io.picklift.app.follow.log;

import io.picklift.app.source.SaveKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the log, as far as the followed table is concerned.
 *
 * @param keys of rows that it wrote, and of each whether a row of this key came
 * @param companions whether it wrote rows of tables that are copied beside the saves
 * @param beat the latest time that it wrote into the follower's own row; 0 for none
 * @param xa what it does about a transaction in two phases; null for another
 * @param problem what of it cannot be followed; null where all can
 * @param gtid its number where the server numbers transactions, {@code uuid:number}; else null
 * @param file of the log
 * @param end where it ends in the file
 * @param seconds when it was written, in seconds since 1970; 0 where that is not known
 */
public record LoggedTransaction(
    Map<SaveKey, Boolean> keys,
    boolean companions,
    long beat,
    @Nullable XaStep xa,
    @Nullable String problem,
    @Nullable String gtid,
    String file,
    long end,
    long seconds) {}
