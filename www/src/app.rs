//! The state of the page, and what its controls do.

use std::cell::RefCell;
use std::collections::BTreeSet;

use wasm_bindgen::JsCast;
use web_sys::{
    DataTransfer, Element, Event, File, FileReader, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

use crate::dom::{append, document, element, later, listen, part, set, show, window};
use crate::input::{self, Form, MAX_BYTES, Refusal};
use crate::judge::{self, Judged};
use crate::samples::SAMPLES;
use crate::{heat, reader};

/// Blocks that are shown at once; more on demand, so that no input freezes the page.
const CHUNK: usize = 200;
/// Longest text that goes into the text box, which is slow with long ones and with many lines.
const MAX_IN_BOX: usize = 100_000;
const MAX_LINES_IN_BOX: usize = 2_000;

fn fits_box(text: &str) -> bool {
    text.len() <= MAX_IN_BOX && text.lines().count() <= MAX_LINES_IN_BOX
}

/// What is done after a pause.
#[derive(Clone, Copy, PartialEq)]
enum Work {
    Judge,
    Reconsider,
}

#[derive(Default)]
struct App {
    text: String,
    judged: Option<Judged>,
    /// How many blocks both views show.
    shown: usize,
    /// First blocks of the folds that the person has opened.
    open: BTreeSet<u32>,
    /// What is awaited, with its timer.
    awaited: Option<(i32, Work)>,
}

thread_local! {
    static APP: RefCell<App> = RefCell::default();
}

fn with<T>(work: impl FnOnce(&mut App) -> T) -> T {
    APP.with_borrow_mut(work)
}

/// Wires the controls and judges the first sample.
pub(crate) fn start() {
    let sample: HtmlSelectElement = part("sample");
    for (n, each) in SAMPLES.iter().enumerate() {
        let option = element("option", "");
        set(&option, "value", &n.to_string());
        option.set_text_content(Some(each.name));
        append(&sample, &[&option]);
    }
    let shipped = percent(judge::shipped_certainty());
    part::<HtmlInputElement>("certainty").set_value(&shipped.to_string());
    part::<Element>("shipped").set_text_content(Some(&format!("{shipped} %")));
    say_certainty();

    listen(&sample, "change", |_| pick_sample());
    listen(&part::<Element>("form"), "change", |_| judge_soon(0));
    listen(&part::<Element>("source"), "input", |_| typed());
    listen(&part::<Element>("certainty"), "input", |_| certainty_moved());
    listen(&part::<Element>("more"), "click", |_| with(App::show_more));
    listen(&part::<Element>("clear"), "click", |_| clear());
    listen(&part::<Element>("choose"), "click", |_| part::<HtmlInputElement>("file").click());
    listen(&part::<Element>("file"), "change", |_| {
        let input: HtmlInputElement = part("file");
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            read(&file);
        }
        // The same file may be chosen again, after a change.
        input.set_value("");
    });
    listen(&part::<Element>("reader"), "click", |event| with(|app| app.turn(&event)));
    listen(&part::<Element>("heat"), "toggle", |event| {
        let details = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        with(|app| {
            if let (Some(details), Some(judged)) = (details, &app.judged) {
                heat::fill_weights(judged, &details);
            }
        });
    });
    for view in ["view-heat", "view-reader"] {
        listen(&part::<Element>(view), "change", |_| choose_view());
    }
    accept_files();
    choose_view();
    set(&part::<Element>("playground"), "data-ready", "");
    if part::<HtmlTextAreaElement>("source").value().is_empty() {
        pick_sample();
    } else {
        typed();
    }
}

/// Files may be dropped anywhere; a long text stays out of the text box.
fn accept_files() {
    let playground: Element = part("playground");
    let mark = move |on| {
        playground.toggle_attribute_with_force("data-drop", on).ok();
    };
    let (over, leave) = (mark.clone(), mark.clone());
    listen(&document(), "dragover", move |event| {
        if dragged(&event).is_some_and(|data| data.types().includes(&"Files".into(), 0)) {
            event.prevent_default();
            over(true);
        }
    });
    listen(&document(), "dragleave", move |_| leave(false));
    listen(&document(), "drop", move |event| {
        mark(false);
        let Some(data) = dragged(&event) else { return };
        match data.files().and_then(|files| files.item(0)) {
            Some(file) => {
                event.prevent_default();
                read(&file);
            }
            None => keep_out(&event, &data, "The dropped text"),
        }
    });
    listen(&part::<Element>("source"), "paste", |event| {
        let data = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(|e| e.clipboard_data());
        if let Some(data) = data {
            keep_out(&event, &data, "The pasted text");
        }
    });
}

fn dragged(event: &Event) -> Option<DataTransfer> {
    event.dyn_ref::<web_sys::DragEvent>()?.data_transfer()
}

fn keep_out(event: &Event, data: &DataTransfer, name: &str) {
    let text = data.get_data("text/plain").unwrap_or_default();
    if !fits_box(&text) {
        event.prevent_default();
        take(Ok(text), name);
    }
}

fn pick_sample() {
    let chosen = part::<HtmlSelectElement>("sample").value().parse::<usize>().unwrap_or_default();
    if let Some(sample) = SAMPLES.get(chosen) {
        part::<HtmlSelectElement>("form").set_value("auto");
        take(Ok(sample.text.to_owned()), sample.name);
    }
}

fn clear() {
    take(Ok(String::new()), "");
    let source: HtmlTextAreaElement = part("source");
    // A box that cannot be focused is no reason to stop.
    source.focus().ok();
}

fn typed() {
    let source: HtmlTextAreaElement = part("source");
    show(&part("aside"), false);
    if source.text_length() as usize > MAX_BYTES {
        take(Err(Refusal::TooBig(source.text_length() as usize)), "");
        return;
    }
    with(|app| app.text = source.value());
    judge_soon(150);
}

fn read(file: &File) {
    if file.size() > MAX_BYTES as f64 {
        take(Err(Refusal::TooBig(file.size() as usize)), &file.name());
        return;
    }
    let Ok(reader) = FileReader::new() else { return };
    let name = file.name();
    let source = reader.clone();
    listen(&reader, "loadend", move |_| {
        let bytes = source
            .result()
            .ok()
            .filter(|r| !r.is_null())
            .map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
        take(bytes.ok_or(Refusal::Unreadable).and_then(|b| input::decode(&b)), &name);
    });
    if reader.read_as_array_buffer(file).is_err() {
        take(Err(Refusal::Unreadable), &file.name());
    }
}

/// Takes a text that was not typed, and puts it into the text box if that can hold it.
fn take(text: Result<String, Refusal>, name: &str) {
    let source: HtmlTextAreaElement = part("source");
    let aside: Element = part("aside");
    show(&aside, false);
    let text = text.and_then(|text| match text.len() {
        size if size > MAX_BYTES => Err(Refusal::TooBig(size)),
        _ => Ok(text),
    });
    match text {
        Err(refusal) => {
            source.set_value("");
            with(|app| app.refuse(&refusal));
        }
        Ok(text) => {
            let fits = fits_box(&text);
            source.set_value(if fits { &text } else { "" });
            source.set_scroll_top(0);
            if !fits {
                let size = text.len() as f64 / 1e6;
                let note = format!(
                    "{name} ({size:.1} MB) is too long for the box; it is judged all the same."
                );
                aside.set_text_content(Some(&note));
                show(&aside, true);
            }
            with(|app| app.text = text);
            judge_soon(0);
        }
    }
}

fn judge_soon(pause: i32) {
    with(|app| {
        if app.is_long() {
            part::<Element>("status").set_text_content(Some("Reading …"));
        }
        app.await_then(pause, Work::Judge);
    });
}

fn certainty_moved() {
    say_certainty();
    with(|app| match app.awaited {
        // That will see the new certainty anyway; a long text waits until the slider rests.
        Some((_, Work::Judge)) => {}
        Some((_, Work::Reconsider)) if !app.is_long() => {}
        _ => app.await_then(if app.is_long() { 200 } else { 0 }, Work::Reconsider),
    });
}

fn certainty() -> f32 {
    part::<HtmlInputElement>("certainty").value_as_number() as f32 / 100.0
}

fn percent(share: f32) -> i32 {
    (share * 100.0).round() as i32
}

fn say_certainty() {
    let words = format!("{} %", percent(certainty()));
    set(&part::<Element>("certainty"), "aria-valuetext", &words);
    part::<Element>("certainty-value").set_text_content(Some(&words));
}

fn choose_view() {
    let heat = part::<HtmlInputElement>("view-heat").checked();
    set(&part::<Element>("panes"), "data-view", if heat { "heat" } else { "reader" });
}

impl App {
    fn is_long(&self) -> bool {
        self.text.len() > MAX_IN_BOX
    }

    fn await_then(&mut self, pause: i32, work: Work) {
        self.await_nothing();
        let run = move || {
            with(|app| {
                app.awaited = None;
                match work {
                    Work::Judge => app.judge(),
                    Work::Reconsider => app.reconsider(),
                }
            });
        };
        // Long texts wait until the browser has shown that something goes on.
        let pause = if self.is_long() { pause.max(30) } else { pause };
        self.awaited = Some((later(pause, run), work));
    }

    fn await_nothing(&mut self) {
        if let Some((timer, _)) = self.awaited.take() {
            window().clear_timeout_with_handle(timer);
        }
    }

    fn judge(&mut self) {
        self.open.clear();
        if self.text.is_empty() {
            self.judged = None;
            show(&part("refusal"), false);
            show(&part("results"), false);
            part::<Element>("status").set_text_content(None);
            return;
        }
        let form = Form::named(&part::<HtmlSelectElement>("form").value());
        let judged = input::page_of(&self.text, form).and_then(|p| Judged::new(p, certainty()));
        match judged {
            Err(refusal) => self.refuse(&refusal),
            Ok(mut judged) => {
                self.shown = judged.page.blocks.len().min(CHUNK);
                heat::extend(&mut judged, 0, self.shown);
                self.judged = Some(judged);
                show(&part("refusal"), false);
                show(&part("results"), true);
                self.say();
            }
        }
    }

    fn reconsider(&mut self) {
        let Some(judged) = &mut self.judged else { return };
        judged.reconsider(certainty());
        heat::relabel(judged);
        self.say();
    }

    /// Shows the reader's view and the outcome in words.
    fn say(&mut self) {
        let Some(judged) = &self.judged else { return };
        reader::render(judged, self.shown, &self.open);
        let (all, folds) = (judged.page.blocks.len(), &judged.verdict.folds);
        let folded: usize = folds.iter().map(|f| f.blocks.len()).sum();
        let found = match (judge::left_alone(judged.verdict.kind), folds.len()) {
            (Some(kind), _) => {
                format!("this looks like {kind}, which the extension leaves as it is")
            }
            (None, 0) => "nothing to fold".to_owned(),
            (None, 1) => format!("1 appeal of {folded} blocks folded"),
            (None, n) => format!("{n} appeals of {folded} blocks in all folded"),
        };
        let blocks = if all == 1 { "block" } else { "blocks" };
        part::<Element>("status").set_text_content(Some(&format!("{all} {blocks}: {found}.")));
        let left = all - self.shown;
        let more: Element = part("more");
        more.set_text_content(Some(&format!("Show more ({left} left)")));
        show(&more, left > 0);
    }

    fn show_more(&mut self) {
        let Some(judged) = &mut self.judged else { return };
        let to = (self.shown + CHUNK).min(judged.page.blocks.len());
        heat::extend(judged, self.shown, to);
        self.shown = to;
        self.say();
    }

    fn turn(&mut self, event: &Event) {
        let Some((line, first)) = reader::line_of(event) else { return };
        let open = self.open.insert(first);
        if !open {
            self.open.remove(&first);
        }
        reader::turn(&line, open);
    }

    fn refuse(&mut self, refusal: &Refusal) {
        self.await_nothing();
        self.text.clear();
        self.judged = None;
        show(&part("results"), false);
        show(&part("aside"), false);
        part::<Element>("status").set_text_content(None);
        let place: Element = part("refusal");
        place.set_text_content(Some(&refusal.to_string()));
        show(&place, true);
    }
}
