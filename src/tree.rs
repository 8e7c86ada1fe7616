//! A radix tree (Morrison 1968) of many phrases that finds all of them in a text, overlapping ones too.
//!
//! The tree is walked anew from each place where a phrase can begin. As nearly all phrases begin at a word's boundary,
//! that costs less than an automaton that reads every byte, and the tree is built in a small part of the time.

/// Phrases by number, ready to be found.
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// The first byte of each node's label, so that children are told apart without reading their labels.
    firsts: Vec<u8>,
    labels: Vec<u8>,
    /// Bit `a * 256 + b` says that a phrase begins with the bytes `a`, `b`.
    starts: Vec<u64>,
}

struct Node {
    /// Where the bytes on the way into the node begin in `labels`.
    label: u32,
    length: u32,
    /// Children are neighbours in `nodes`.
    children: u32,
    count: u32,
    /// The phrase that ends here, or `NONE`.
    phrase: u32,
}

const NONE: u32 = u32::MAX;

impl Tree {
    /// The tree of phrases that are in order, differ, and have two bytes or more.
    pub(crate) fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Tree {
        let phrases: Vec<&[u8]> = phrases.map(str::as_bytes).collect();
        let mut tree = Tree {
            nodes: Vec::new(),
            firsts: Vec::new(),
            labels: Vec::new(),
            starts: vec![0; 1024],
        };
        let mut offsets = Vec::with_capacity(phrases.len());
        for phrase in &phrases {
            let pair = usize::from(phrase[0]) << 8 | usize::from(phrase[1]);
            tree.starts[pair >> 6] |= 1 << (pair & 63);
            offsets.push(tree.labels.len());
            tree.labels.extend_from_slice(phrase);
        }
        // Of each node the phrases below it and the length of the way to it.
        let mut ranges = vec![(0, phrases.len(), 0)];
        tree.push(0, 0);
        let mut at = 0;
        while let Some(&(mut from, to, depth)) = ranges.get(at) {
            if from < to && phrases[from].len() == depth {
                tree.nodes[at].phrase = from as u32;
                from += 1;
            }
            tree.nodes[at].children = tree.nodes.len() as u32;
            while from < to {
                let first = phrases[from];
                let same = |p: &&[u8]| p[depth] == first[depth];
                let end = from + phrases[from..to].iter().take_while(|p| same(p)).count();
                let last = phrases[end - 1];
                let common = first[depth..].iter().zip(&last[depth..]).take_while(|(a, b)| a == b);
                let length = common.count();
                tree.push(offsets[from] + depth, length);
                tree.nodes[at].count += 1;
                ranges.push((from, end, depth + length));
                from = end;
            }
            at += 1;
        }
        tree
    }

    fn push(&mut self, label: usize, length: usize) {
        self.firsts.push(self.labels.get(label).copied().unwrap_or_default());
        self.nodes.push(Node {
            label: label as u32,
            length: length as u32,
            children: 0,
            count: 0,
            phrase: NONE,
        });
    }

    /// Calls `found` with number, start and end of every phrase in the text, by their starts.
    pub(crate) fn find(&self, text: &str, mut found: impl FnMut(u32, usize, usize)) {
        let text = text.as_bytes();
        for (start, pair) in text.windows(2).enumerate() {
            let pair = usize::from(pair[0]) << 8 | usize::from(pair[1]);
            if self.starts[pair >> 6] >> (pair & 63) & 1 == 1 {
                self.walk(text, start, &mut found);
            }
        }
    }

    fn walk(&self, text: &[u8], start: usize, found: &mut impl FnMut(u32, usize, usize)) {
        let (mut node, mut at) = (&self.nodes[0], start);
        loop {
            let Some(next) = text.get(at) else { return };
            let children = node.children as usize..(node.children + node.count) as usize;
            let Some(child) = self.firsts[children.clone()].iter().position(|f| f == next) else {
                return;
            };
            node = &self.nodes[children.start + child];
            let label = node.label as usize..(node.label + node.length) as usize;
            if !text[at..].starts_with(&self.labels[label]) {
                return;
            }
            at += node.length as usize;
            if node.phrase != NONE {
                found(node.phrase, start, at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_phrases_are_found_where_they_stand() {
        let phrases = [" a", " a ", " support", " support us ", "port", "us", "支持", "支援我們"];
        let tree = Tree::new(phrases.iter().copied());
        for text in [" a support us ", " support usage 支援我們", " a", "支持支持", "", " ", "us"]
        {
            let mut seen = Vec::new();
            tree.find(text, |phrase, start, end| seen.push((start, end, phrase as usize)));
            seen.sort_unstable();
            let mut expected: Vec<_> = phrases
                .iter()
                .enumerate()
                .flat_map(|(n, p)| {
                    (0..text.len())
                        .filter(move |&i| text.as_bytes()[i..].starts_with(p.as_bytes()))
                        .map(move |i| (i, i + p.len(), n))
                })
                .collect();
            expected.sort_unstable();
            assert_eq!(seen, expected, "{text:?}");
        }
    }
}
