package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of the history against AWS's model: each type's details, member by member. */
class HistoryExactnessTest {
    private static final Payload DATA = Payload.ofText("{\"a\":1}");
    private static final Optional<String> TEXT = Optional.of("t");
    private static final OptionalLong SECONDS = OptionalLong.of(5);

    /** Every kind of details, with all that it can hold. */
    private static final List<EventDetails> FULL =
            List.of(
                    new EventDetails.None(),
                    new EventDetails.ExecutionStarted(DATA, "role", TEXT, TEXT),
                    new EventDetails.Output(DATA),
                    new EventDetails.Failed(TEXT, TEXT),
                    new EventDetails.StateEntered("S", DATA),
                    new EventDetails.StateExited("S", DATA, Optional.of(DATA)),
                    new EventDetails.TaskScheduled(
                            "sqs", "sendMessage", "us-east-1", DATA, SECONDS, SECONDS, TEXT),
                    new EventDetails.TaskStarted("sqs", "sendMessage"),
                    new EventDetails.TaskOutput("sqs", "sendMessage", DATA),
                    new EventDetails.TaskFailed("sqs", "sendMessage", TEXT, TEXT),
                    new EventDetails.LambdaFunctionScheduled("arn", DATA, SECONDS, TEXT),
                    new EventDetails.ActivityScheduled("arn", DATA, SECONDS, SECONDS),
                    new EventDetails.ActivityStarted(TEXT),
                    new EventDetails.EvaluationFailed("E", "c", TEXT, "S"),
                    new EventDetails.ExecutionRedriven(2),
                    new EventDetails.MapStateStarted(3),
                    new EventDetails.MapIteration("M", 2));

    /** Types of events that nothing writes yet, as their details have no kind here. */
    private static final Set<EventType> NOT_YET =
            Set.of(EventType.MAP_RUN_STARTED, EventType.MAP_RUN_REDRIVEN);

    @Test
    void everyKindOfDetailsIsHere() {
        assertThat(FULL.stream().map(EventDetails::getClass).map(Class::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventDetails.class.getPermittedSubclasses())
                                .map(Class::getSimpleName)
                                .toList());
    }

    @Test
    void everyDetailsMemberOfAnEventBelongsToATypeOfOurs() {
        var ours =
                Arrays.stream(EventType.values())
                        .map(HistoryOutput::detailsMember)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ours)
                .containsAll(
                        ClientModel.members("HistoryEvent").stream()
                                .filter(member -> member.endsWith("EventDetails"))
                                .toList());
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void eachTypeHasExactlyTheMembersThatAwsGivesIt(EventType type) {
        var member = HistoryOutput.detailsMember(type);
        var fitting =
                FULL.stream()
                        .map(details -> written(type, details))
                        .filter(event -> fits(event, member))
                        .toList();

        assertThat(fitting.isEmpty())
                .as("nothing writes " + type)
                .isEqualTo(NOT_YET.contains(type));
        for (var event : fitting) {
            assertThat(ExactnessTest.complaints(event, "HistoryEvent")).isEmpty();
        }
    }

    /** Whether an event has all members that its type can have, and no other. */
    private static boolean fits(JsonNode event, String member) {
        if (!ClientModel.members("HistoryEvent").contains(member)) {
            return !event.has(member); // a type without details
        }
        var shape =
                AwsModel.members("HistoryEvent").contains(member)
                        ? AwsModel.shapeOf("HistoryEvent", member)
                        : Character.toUpperCase(member.charAt(0)) + member.substring(1);
        return event.has(member)
                && new TreeSet<>(event.path(member).propertyNames())
                        .equals(new TreeSet<>(ClientModel.members(shape)));
    }

    private static JsonNode written(EventType type, EventDetails details) {
        var event = new HistoryEvent(7, 5, CannedService.MILLIS, type, details);
        var out = new WireWriter();
        out.object(() -> new HistoryOutput(true).write(List.of(event), Optional.empty(), out));
        return JsonMapper.shared()
                .readTree(new String(out.toBytes(), StandardCharsets.UTF_8))
                .path("events")
                .path(0);
    }
}
