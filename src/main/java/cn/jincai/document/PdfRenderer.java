package cn.jincai.document;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.PortalAddress;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Prints issued documents: templates in {@code resources/documents}, A4, tagged, PDF/A-2a, Chinese text that can be selected and searched. */
@Component
class PdfRenderer {
    static {
        XRLog.listRegisteredLoggers().forEach(log -> XRLog.setLevel(log, Level.WARNING)); // it tells each step at INFO
    }

    /** From line to line, in points: 22 a page; 24 where that saves a sheet (GB/T 9704-2012, 5.2.3 and 7.3.5.4). */
    private static final double LINE = 28.95, CLOSER = 26.5;

    private final Semaphore atOnce = new Semaphore(2);
    private final SpringTemplateEngine templates = new SpringTemplateEngine();
    private final Typeface typeface;
    private final JsonColumns json;
    private final String portal;
    private final boolean reached;

    /**
     * @param portal where the portal is reached, without a slash at its end: whoever holds a document finds out there whether it is genuine.
     *     A document is for good: none leads to a machine of the city's own, but for those of the demo
     */
    PdfRenderer(
            Typeface typeface,
            JsonColumns json,
            @Value("${jincai.mail.portal}") String portal,
            Environment environment) {
        this.typeface = typeface;
        this.json = json;
        this.portal = portal;
        reached = PortalAddress.isReached(portal) || environment.acceptsProfiles(Profiles.of("demo"));
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("documents/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        templates.setTemplateResolver(resolver);
    }

    /** @param checkCode null for a document from before there were any */
    byte[] print(
            DocumentKind kind,
            String documentNumber,
            @Nullable String checkCode,
            LocalDate date,
            CaseNumber number,
            String told,
            Letterheads.Heading heading) {
        Typeface.Checked checked = typeface.check(told);
        var context = new Context(Locale.CHINA);
        context.setVariable("title", kind.title());
        context.setVariable("documentNumber", documentNumber);
        context.setVariable("date", date);
        context.setVariable("caseNumber", number.value());
        context.setVariable("letter", json.read(checked.text(), DocumentContent.class));
        context.setVariable("missing", checked.missing());
        context.setVariable("from", heading.from());
        context.setVariable("seal", heading.seal() == null ? null : "data:image/png;base64," + heading.seal());
        context.setVariable("english", Locale.ENGLISH);
        context.setVariable("checkCode", reached ? checkCode : null);
        context.setVariable("checkedAt", portal + "/documents");
        if (reached && checkCode != null)
            context.setVariable("checkPicture", QrPicture.of(portal + "/documents?code=" + checkCode));
        byte[] letter = lined(LINE, kind, context);
        if (sheets(letter) == 1) return letter;
        byte[] closer = lined(CLOSER, kind, context);
        return sheets(closer) < sheets(letter) ? closer : letter;
    }

    private byte[] lined(double line, DocumentKind kind, Context context) {
        context.setVariable("line", line);
        return pdf(templates.process(kind.code, context));
    }

    /** Of the Chinese text: those before the page to which the bookmark of the translation leads. */
    private static int sheets(byte[] letter) {
        try (PDDocument read = Loader.loadPDF(letter)) {
            PDPage translation = read.getDocumentCatalog()
                    .getDocumentOutline()
                    .getLastChild()
                    .findDestinationPage(read);
            return read.getPages().indexOf(translation);
        } catch (IOException e) {
            throw new UncheckedIOException("a document that was printed can't be read", e);
        }
    }

    /** @param html whole and well-formed, of characters that the font has */
    byte[] pdf(String html) {
        atOnce.acquireUninterruptibly();
        try {
            return printed(html);
        } finally {
            atOnce.release();
        }
    }

    private byte[] printed(String html) {
        var out = new ByteArrayOutputStream();
        try {
            var builder = new PdfRendererBuilder();
            builder.withHtmlContent(html, null);
            builder.useUriResolver((base, uri) -> uri.startsWith("data:image/png") ? uri : null); // nothing outside
            builder.useFont(typeface.file(), Typeface.FAMILY, 400, FontStyle.NORMAL, true);
            builder.useFont(typeface.titles(), Typeface.TITLES, 700, FontStyle.NORMAL, true);
            builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
            builder.usePdfUaAccessibility(true);
            builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
            builder.withProducer("jincai");
            builder.toStream(out);
            builder.run();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a document could not be printed", e);
        }
    }
}
