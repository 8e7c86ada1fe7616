//! A radix tree (Morrison 1968) of many phrases that finds all of them in a text, overlapping ones too.
//!
//! The tree is walked anew from each place where a phrase can begin, told by its first three bytes. As few places of a
//! text are one, that costs less than an automaton that reads every byte, and the tree is built in a fraction of the time.

/// Phrases by number, ready to be found.
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// The first byte of each node's label, so that children are told apart without reading their labels.
    firsts: Vec<u8>,
    labels: Vec<u8>,
    /// A bit for each hash of three bytes: whether a phrase may begin with them.
    filter: Vec<u64>,
    /// The first three bytes of phrases with the nodes that they lead to, at or after their hashes.
    roots: Vec<(u32, u32)>,
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
/// Bytes that lead to a root.
const LEAD: usize = 3;

fn hash(lead: u32, bits: u32) -> usize {
    (lead.wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
}

const FILTER_BITS: u32 = 17;

impl Tree {
    /// The tree of phrases that are in order, differ, and have three bytes or more.
    pub(crate) fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Tree {
        let phrases: Vec<&[u8]> = phrases.map(str::as_bytes).collect();
        let mut labels = Vec::with_capacity(phrases.iter().map(|p| p.len()).sum());
        let mut offsets = Vec::with_capacity(phrases.len());
        for phrase in &phrases {
            offsets.push(labels.len());
            labels.extend_from_slice(phrase);
        }
        let mut tree = Tree {
            nodes: Vec::new(),
            firsts: Vec::new(),
            labels,
            filter: vec![0; 1 << (FILTER_BITS - 6)],
            roots: Vec::new(),
        };
        // Of each node the phrases below it and the length of the way to it.
        let mut ranges = Vec::new();
        let mut from = 0;
        for group in phrases.chunk_by(|a, b| a[..LEAD] == b[..LEAD]) {
            tree.push(offsets[from], LEAD);
            ranges.push((from, from + group.len(), LEAD));
            from += group.len();
        }
        tree.roots = vec![(NONE, NONE); (ranges.len() * 2).next_power_of_two().max(2)];
        for (root, &(first, ..)) in ranges.iter().enumerate() {
            let lead = phrases[first][..LEAD].iter().fold(0, |l, b| l << 8 | u32::from(*b));
            let bit = hash(lead, FILTER_BITS);
            tree.filter[bit >> 6] |= 1 << (bit & 63);
            let mut at = hash(lead, tree.roots.len().ilog2());
            while tree.roots[at].0 != NONE {
                at = (at + 1) % tree.roots.len();
            }
            tree.roots[at] = (lead, root as u32);
        }
        let mut at = 0;
        while let Some(&(mut from, to, depth)) = ranges.get(at) {
            if phrases[from].len() == depth {
                tree.nodes[at].phrase = from as u32;
                from += 1;
            }
            tree.nodes[at].children = tree.nodes.len() as u32;
            while from < to {
                let first = phrases[from];
                let same = |p: &&[u8]| p[depth] == first[depth];
                let end = from + phrases[from..to].iter().copied().take_while(|p| same(p)).count();
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
        self.firsts.push(self.labels[label]);
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
        let mut lead = 0;
        for (at, byte) in text.iter().enumerate() {
            lead = (lead << 8 | u32::from(*byte)) & 0xff_ffff;
            let bit = hash(lead, FILTER_BITS);
            if self.filter[bit >> 6] >> (bit & 63) & 1 == 1 && at + 1 >= LEAD {
                self.walk(text, lead, at + 1, &mut found);
            }
        }
    }

    /// Follows the text from the bytes `lead`, which end at `at`.
    #[inline]
    fn walk(
        &self,
        text: &[u8],
        lead: u32,
        mut at: usize,
        found: &mut impl FnMut(u32, usize, usize),
    ) {
        let start = at - LEAD;
        let mut place = hash(lead, self.roots.len().ilog2());
        while self.roots[place].0 != lead {
            if self.roots[place].0 == NONE {
                return;
            }
            place = (place + 1) % self.roots.len();
        }
        let mut node = &self.nodes[self.roots[place].1 as usize];
        loop {
            if node.phrase != NONE {
                found(node.phrase, start, at);
            }
            let Some(next) = text.get(at) else { return };
            let children = node.children as usize..(node.children + node.count) as usize;
            let Some(child) = self.firsts[children.clone()].iter().position(|f| f == next) else {
                return;
            };
            node = &self.nodes[children.start + child];
            let label = &self.labels[node.label as usize..(node.label + node.length) as usize];
            let Some(there) = text.get(at..at + label.len()) else { return };
            if label.iter().zip(there).any(|(a, b)| a != b) {
                return;
            }
            at += label.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_phrases_are_found_where_they_stand() {
        let phrases =
            [" a ", " a s", " support", " support us ", "port", "sup", "支持", "支援我們"];
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
