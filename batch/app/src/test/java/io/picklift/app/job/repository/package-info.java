@NullMarked
package io.picklift.app.job.repository;

import org.jspecify.annotations.NullMarked;
