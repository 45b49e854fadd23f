package cn.jincai.web.office;

import cn.jincai.document.IssuedDocuments;
import cn.jincai.document.SignatureTrouble;
import cn.jincai.process.people.TasksForNobody;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Tasks that nobody may do, and letters without a signature, told above the lists of those who can change it. Templates know it as {@code stuckTasks}. */
@Component
public class StuckTasks {
    private final TasksForNobody tasks;
    private final IssuedDocuments documents;

    StuckTasks(TasksForNobody tasks, IssuedDocuments documents) {
        this.tasks = tasks;
        this.documents = documents;
    }

    @Autowired
    void give(ThymeleafViewResolver views) {
        views.addStaticVariable("stuckTasks", this);
    }

    public TasksForNobody.Alarm today() {
        return tasks.seen();
    }

    /** What is wrong with the signature of letters, or will be. */
    public @Nullable SignatureTrouble letters() {
        return documents.signatureTrouble().orElse(null);
    }
}
