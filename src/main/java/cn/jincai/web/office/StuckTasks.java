package cn.jincai.web.office;

import cn.jincai.process.people.TasksForNobody;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Tasks that nobody may do, told above the lists of those who can change it. Templates know it as {@code stuckTasks}. */
@Component
public class StuckTasks {
    private final TasksForNobody tasks;

    StuckTasks(TasksForNobody tasks) {
        this.tasks = tasks;
    }

    @Autowired
    void give(ThymeleafViewResolver views) {
        views.addStaticVariable("stuckTasks", this);
    }

    public TasksForNobody.Alarm today() {
        return tasks.seen();
    }
}
