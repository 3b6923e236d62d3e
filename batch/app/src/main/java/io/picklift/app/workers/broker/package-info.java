/**
 * Tells workers over JMS that there is work: {@code PartitionQueue} sends and receives, {@code
 * EmbeddedBroker} is Artemis within the coordinator. A message has ids and nothing else, and what
 * it says is looked up in the target before anything is done. Nothing here is loaded by a run that
 * does not share its work out.
 */
@NullMarked
package io.picklift.app.workers.broker;

import org.jspecify.annotations.NullMarked;
