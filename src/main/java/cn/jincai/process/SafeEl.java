package cn.jincai.process;

import cn.jincai.policy.ReadOnlyResolver;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * What an expression in a diagram may reach: the variables of its scope and the few beans named here, and those for its own case, run and payment only. No class,
 * no other bean, no method of a value. Queries have no scope and so reach no bean at all, which shuts CVE-2026-109432 (expressions hidden in {@code orQueries}) also
 * for somebody who gets past the web's checks.
 */
class SafeEl extends JuelExpressionManager {
    /** Thin classes of this room, one for each part of a case's way. */
    static final Set<String> BEANS =
            Set.of("cases", "reviews", "panel", "notices", "payments", "runs", "revisions", "limits");

    private static final Map<Class<?>, Set<String>> READABLE = Map.of(
            DelegateExecution.class, Set.of("id", "processBusinessKey", "processInstanceId", "currentActivityId"),
            DelegateTask.class, Set.of("id", "taskDefinitionKey"));

    private final Function<String, Object> beans;

    SafeEl(Function<String, Object> beans) {
        this.beans = beans;
    }

    @Override
    protected ELResolver createElResolver() {
        var resolver = new CompositeELResolver();
        resolver.add(new VariableScopeElResolver());
        resolver.add(new VariableContextElResolver());
        resolver.add(new NamedBeans());
        resolver.add(new ArrayELResolver(true));
        resolver.add(new ListELResolver(true));
        resolver.add(new MapELResolver(true));
        resolver.add(new Members());
        return resolver;
    }

    private static boolean isStep(ELContext context) {
        return context.getContext(VariableScope.class) != null;
    }

    private class NamedBeans extends ReadOnlyResolver {
        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
            if (base != null || !BEANS.contains(String.valueOf(property)) || !isStep(context)) return null;
            context.setPropertyResolved(true);
            return beans.apply((String) property);
        }
    }

    /** Methods of the named beans, and a few properties of the step itself. */
    private class Members extends BeanELResolver {
        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
            if (base == null) return null;
            boolean readable = READABLE.entrySet().stream()
                    .anyMatch(e -> e.getKey().isInstance(base) && e.getValue().contains(String.valueOf(property)));
            if (!readable) throw new ELException("an expression may not read '" + property + "' here");
            return super.getValue(context, base, property);
        }

        @Override
        public @Nullable Object invoke(
                ELContext context, @Nullable Object base, Object method, Class<?>[] types, Object[] arguments) {
            if (base == null) return null;
            if (!isStep(context) || BEANS.stream().noneMatch(name -> beans.apply(name) == base))
                throw mayNotCall(method);
            Method called = Arrays.stream(AopUtils.getTargetClass(base).getDeclaredMethods())
                    .filter(own -> own.getName().equals(method) && Modifier.isPublic(own.getModifiers()))
                    .findFirst()
                    .orElseThrow(() -> mayNotCall(method));
            mustBeOwn(base, called.getParameters(), arguments, (VariableScope) context.getContext(VariableScope.class));
            return super.invoke(context, base, method, types, arguments);
        }

        private ELException mayNotCall(Object method) {
            return new ELException("an expression may not call '" + method + "' here");
        }

        /** The gate refuses such a diagram; this also holds for one that came before the gate did. */
        private void mustBeOwn(Object bean, Parameter[] parameters, Object[] arguments, VariableScope scope) {
            String key = startedFor(scope);
            for (int i = 0; key != null && i < Math.min(parameters.length, arguments.length); i++) {
                String name = parameters[i].getName();
                boolean own = name.equals(Variable.PAYMENT.key) && bean instanceof PaymentSteps payments
                        ? arguments[i] instanceof Long id && payments.isOf(id, key)
                        : !Set.of(Variable.CASE_NUMBER.key, Variable.RUN.key).contains(name)
                                || key.equals(arguments[i]);
                if (!own)
                    throw new ELException("an expression may act on its own case, run or payment only, and '" + name
                            + "' names another one");
            }
        }

        /** The number of the case or run with which the outermost diagram was started; no diagram can change it. */
        private static @Nullable String startedFor(VariableScope scope) {
            VariableScope step = scope instanceof DelegateTask task ? task.getExecution() : scope;
            if (!(step instanceof ExecutionEntity execution)) return null;
            ExecutionEntity outermost = execution.getProcessInstance();
            while (outermost.getSuperExecution() != null)
                outermost = outermost.getSuperExecution().getProcessInstance();
            return outermost.getBusinessKey();
        }

        @Override
        public void setValue(ELContext context, Object base, Object property, Object value) {
            throw new ELException("an expression may not change anything");
        }
    }
}
