package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.runtime.StateTestRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The operation that tests one state. */
final class StateTestOperations {
    private final Service service;

    StateTestOperations(Service service) {
        this.service = service;
    }

    List<Operation<?>> table() {
        return List.of(new Operation<>("TestState", StateTestInputs.TestState.SHAPE, this::test));
    }

    private CompletionStage<Reply> test(StateTestInputs.TestState in, Call call) {
        var request =
                new StateTestRequest(
                        call.place(),
                        in.definition(),
                        in.stateName(),
                        in.roleArn().map(ArnParser::role),
                        in.data(),
                        in.mock(),
                        in.configuration(),
                        in.revealSecrets());
        return service.test(request)
                .thenApply(view -> out -> StateTestOutputs.tested(view, in.inspectionLevel(), out));
    }
}
