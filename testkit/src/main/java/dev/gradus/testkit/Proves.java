package dev.gradus.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of which operations and errors of the API a test is the proof, by their names in AWS's
 * model: {@code @Proves({"StartExecution", "ExecutionAlreadyExists"})}. The pages under {@code
 * docs/api} are written from it, out of the sources.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Proves {
    /** Names of operations and of errors. */
    String[] value();
}
