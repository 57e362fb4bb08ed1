package dev.gradus.integrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.MetricDatum;
import dev.gradus.runtime.spi.MetricSink;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes metrics to CloudWatch, or to what speaks its protocol, as sets of statistics.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">PutMetricData</a>
 */
public final class CloudWatchMetrics implements MetricSink {
    static final int BATCH_DATA_MAX = 1_000;
    static final int BATCH_BYTES_MAX = 1 << 20;
    private static final String ACTION = "PutMetricData";

    private final AwsJsonCalls calls;
    private final String head;
    private final int bytesMax;
    private final Refusals refusals = new Refusals();

    /** Publishes to an endpoint; nothing is sent yet. */
    public CloudWatchMetrics(Endpoint endpoint) {
        this(endpoint, BATCH_BYTES_MAX);
    }

    CloudWatchMetrics(Endpoint endpoint, int bytesMax) {
        this.calls = new AwsJsonCalls(endpoint, "monitoring");
        this.bytesMax = bytesMax;
        this.head =
                "Action="
                        + ACTION
                        + "&Version=2010-08-01&Namespace="
                        + encoded(namespace(endpoint));
    }

    /** AWS takes namespaces that begin with AWS/ from its own services alone. */
    static String namespace(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Url _ -> "AWS/States";
            case Endpoint.RealAws _ -> "Gradus/States";
        };
    }

    @Override
    public int send(List<MetricDatum> data) {
        int refused = 0;
        int sent = 0;
        while (sent < data.size()) {
            var batch = batch(data.subList(sent, data.size()));
            try {
                refused += put(batch);
            } catch (DeliveryException notNow) {
                throw notNow.after(sent);
            }
            sent += batch.size();
        }
        return refused;
    }

    /** One call's worth of data, all of one region; each is written out as it is sent. */
    private record Batch(String region, List<String> written) {
        int size() {
            return written.size();
        }
    }

    /** Takes of the first as many as one call may have; one at least. */
    private Batch batch(List<MetricDatum> data) {
        var region = data.getFirst().region();
        var written = new ArrayList<String>();
        long bytes = head.length();
        for (var datum : data) {
            var text = text(written.size() + 1, datum);
            bytes += text.length();
            boolean full = written.size() == BATCH_DATA_MAX || bytes > bytesMax;
            if (!written.isEmpty() && (full || !datum.region().equals(region))) {
                break;
            }
            written.add(text);
        }
        return new Batch(region, written);
    }

    private int put(Batch batch) {
        var answer = calls.query(ACTION, batch.region(), head + String.join("", batch.written()));
        if (answer.ok()) {
            return 0;
        }
        refusals.say(calls.description(), answer.error());
        return batch.size();
    }

    private static String text(int number, MetricDatum datum) {
        var member = "&MetricData.member." + number + ".";
        var text = new StringBuilder();
        text.append(member).append("MetricName=").append(encoded(datum.name()));
        text.append(member).append("Unit=").append(encoded(datum.unit()));
        var at = Instant.ofEpochMilli(datum.atMillis()).toString();
        text.append(member).append("Timestamp=").append(encoded(at));
        var statistics = datum.statistics();
        var values = member + "StatisticValues.";
        text.append(values).append("SampleCount=").append(statistics.count());
        text.append(values).append("Sum=").append(statistics.sum());
        text.append(values).append("Minimum=").append(statistics.min());
        text.append(values).append("Maximum=").append(statistics.max());
        int place = 0;
        for (var dimension : datum.dimensions()) {
            place++;
            var of = member + "Dimensions.member." + place + ".";
            text.append(of).append("Name=").append(encoded(dimension.name()));
            text.append(of).append("Value=").append(encoded(dimension.value()));
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public void close() {
        calls.close();
    }
}
