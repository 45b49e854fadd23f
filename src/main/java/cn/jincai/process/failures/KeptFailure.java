package cn.jincai.process.failures;

import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/** Counts a failed try as the engine does, and keeps why it failed in words. */
public class KeptFailure extends DefaultJobRetryCmd {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<JobFailureTable> table;

    public KeptFailure(String job, Throwable failed, Supplier<JobFailureTable> table) {
        super(job, failed);
        this.table = table;
    }

    @Override
    public Object execute(CommandContext context) {
        Object counted = super.execute(context);
        // two at the same second are no failure: the engine does not count it either
        boolean isFailure = exception != null && !(exception instanceof OptimisticLockingException);
        if (isFailure && context.getJobManager().findJobById(jobId) != null)
            table.get().keep(jobId, exception);
        return counted;
    }
}
