//! Small helpers around `web-sys`. Text always goes in as text, never as markup.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, TreeWalker, Window};

const IN_PAGE: &str = "the playground runs in a page";

pub(crate) fn window() -> Window {
    web_sys::window().expect(IN_PAGE)
}

pub(crate) fn document() -> Document {
    window().document().expect(IN_PAGE)
}

/// An element of playground.html.
pub(crate) fn part<T: JsCast>(id: &str) -> T {
    document().get_element_by_id(id).and_then(|e| e.dyn_into().ok()).expect(id)
}

/// A new element; without a class where that is empty.
pub(crate) fn element(tag: &str, class: &str) -> Element {
    let element = document().create_element(tag).expect("a valid tag");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// A new element with text.
pub(crate) fn worded(tag: &str, class: &str, text: &str) -> Element {
    let element = element(tag, class);
    element.set_text_content(Some(text));
    element
}

pub(crate) fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).expect("a valid attribute");
}

pub(crate) fn show(element: &Element, shown: bool) {
    element.toggle_attribute_with_force("hidden", !shown).expect("a valid attribute");
}

/// Appends in order.
pub(crate) fn append(parent: &Element, children: &[&Element]) {
    for child in children {
        parent.append_child(child).expect("a child that may stand there");
    }
}

/// Listens for as long as the page lives; from the top down, because `toggle` does not bubble.
pub(crate) fn listen(
    target: &web_sys::EventTarget,
    name: &str,
    listener: impl FnMut(Event) + 'static,
) {
    let listener = Closure::<dyn FnMut(Event)>::new(listener).into_js_value();
    target
        .add_event_listener_with_callback_and_bool(name, listener.unchecked_ref(), true)
        .expect("a listener");
}

/// Runs the work after so many milliseconds; returns the timer.
pub(crate) fn later(milliseconds: i32, work: impl FnOnce() + 'static) -> i32 {
    let work = Closure::once_into_js(work);
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), milliseconds)
        .expect("a timer")
}

/// Walks the elements and texts of another document.
pub(crate) fn walker(inert: &Document) -> TreeWalker {
    const ELEMENTS_AND_TEXTS: u32 = 1 | 4;
    // Ours creates it: names in the other document may shadow its methods.
    document().create_tree_walker_with_what_to_show(inert, ELEMENTS_AND_TEXTS).expect("a walker")
}

/// Reads elements through their prototype: the inputs of a form may shadow the form's own properties.
pub(crate) struct Reader {
    get_attribute: Function,
    local_name: Function,
}

impl Reader {
    pub(crate) fn new() -> Self {
        let get = |from: &JsValue, key: &str| Reflect::get(from, &key.into()).expect(IN_PAGE);
        let prototype = get(&get(&js_sys::global(), "Element"), "prototype");
        let object: &Object = prototype.unchecked_ref();
        let name = Object::get_own_property_descriptor(object, &"localName".into());
        Reader {
            get_attribute: get(&prototype, "getAttribute").unchecked_into(),
            local_name: get(&name, "get").unchecked_into(),
        }
    }

    /// Local name in lower case.
    pub(crate) fn tag(&self, element: &Element) -> String {
        let name = self.local_name.call0(element).ok().and_then(|n| n.as_string());
        name.unwrap_or_default().to_ascii_lowercase()
    }

    pub(crate) fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        self.get_attribute.call1(element, &name.into()).ok()?.as_string()
    }
}
