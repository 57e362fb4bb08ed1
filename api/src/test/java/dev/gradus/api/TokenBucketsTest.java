package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates of calls, on a clock that the test moves. */
final class TokenBucketsTest {
    private static final Arn.Place LARGE = new Arn.Place("aws", "eu-west-1", "111122223333");
    private static final Arn.Place OTHER = new Arn.Place("aws", "eu-west-3", "111122223333");

    private long nanos = 7;
    private final TokenBuckets buckets = new TokenBuckets(() -> nanos);

    private int takeAll(String kind, Arn.Place place) {
        int taken = 0;
        while (taken < 10_000 && buckets.take(kind, place)) {
            taken++;
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({
        "StartExecution, 1300, 300, 800, 150",
        "StartExecution of EXPRESS, 6000, 6000, 6000, 6000",
        "RedriveExecution, 1300, 300, 800, 150",
        "StopExecution, 1000, 200, 500, 25",
        "DescribeExecution, 300, 15, 250, 10",
        "GetExecutionHistory, 400, 20, 400, 20",
        "ListExecutions, 200, 5, 100, 2",
        "ListStateMachines, 100, 5, 100, 5",
        "ListActivities, 100, 10, 100, 5",
        "DescribeStateMachine, 200, 20, 200, 20",
        "DescribeActivity, 200, 1, 200, 1",
        "GetActivityTask, 3000, 500, 1500, 300",
        "SendTaskSuccess, 3000, 500, 1500, 300",
        "CreateStateMachine, 100, 1, 100, 1",
        "TagResource, 200, 1, 200, 1",
        "TestState, 50, 10, 50, 10",
    })
    void aBucketHoldsAndRefillsAsOnAws(
            String kind, int bucket, int refill, int otherBucket, int otherRefill) {
        assertThat(takeAll(kind, LARGE)).isEqualTo(bucket);
        assertThat(takeAll(kind, OTHER)).isEqualTo(otherBucket);

        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(takeAll(kind, LARGE)).isEqualTo(refill);
        assertThat(takeAll(kind, OTHER)).isEqualTo(otherRefill);

        nanos += TimeUnit.HOURS.toNanos(1);
        assertThat(takeAll(kind, LARGE)).isEqualTo(bucket);
    }

    @Test
    void everyOperationButTheSynchronousStartHasABucket() {
        var without = new TreeSet<String>();
        for (var operation : new Operations(new CannedService(), Wire.tokens()).byName().keySet()) {
            if (CallRates.of(operation, "us-east-1").isEmpty()) {
                without.add(operation);
            }
        }

        assertThat(without).containsExactly("StartSyncExecution");
        assertThat(takeAll("StartSyncExecution", LARGE)).isEqualTo(10_000);
    }

    @Test
    void accountsAndOperationsHaveBucketsOfTheirOwn() {
        takeAll("TestState", LARGE);

        assertThat(buckets.take("TestState", new Arn.Place("aws", "eu-west-1", "444455556666")))
                .isTrue();
        assertThat(buckets.take("StopExecution", LARGE)).isTrue();
        assertThat(buckets.take("TestState", LARGE)).isFalse();
    }

    @Test
    void bucketsThatAreFullAgainAreForgotten() {
        for (int i = 0; i < TokenBuckets.KEPT; i++) {
            buckets.take("TestState", new Arn.Place("aws", "eu-west-1", "%012d".formatted(i)));
        }
        nanos += TimeUnit.SECONDS.toNanos(1);

        buckets.take("TestState", LARGE);

        assertThat(buckets.size()).isEqualTo(1);
    }

    @Test
    void aCallBeyondTheRateIsThrottledInAwsWords() {
        var wire = new Wire(new WirePolicy(Wire.HOME, Access.open(Wire.HOME), buckets));
        var body = "{\"definition\":\"{}\",\"roleArn\":\"arn:aws:iam::123456789012:role/r\"}";
        takeAll("TestState", Wire.HOME);

        assertThat(wire.refusal("TestState", body)).isEqualTo("ThrottlingException: Rate exceeded");
    }

    @Test
    void startsOfAMachineThatIsFoundToBeExpressHaveTheLargerBucket() {
        var starts = new StartThrottle(buckets);
        var machine = new Arn.StateMachine(LARGE, "m");
        starts.admit(machine, LARGE);
        starts.started(
                machine,
                new ExecutionRequests.Started(new Arn.ExpressExecution(LARGE, "m", "e", "i"), 0));
        takeAll(CallRates.START_STANDARD, LARGE);

        starts.admit(machine, LARGE);

        assertThatThrownBy(() -> starts.admit(new Arn.StateMachine(LARGE, "n"), LARGE))
                .hasMessage("Rate exceeded");
        assertThat(takeAll(CallRates.START_EXPRESS, LARGE)).isEqualTo(5_999);
    }
}
