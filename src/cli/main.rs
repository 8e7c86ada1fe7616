//! The command line tool.
mod baseline;
mod boxes;
mod classify;
mod clean;
mod corpus;
mod eval;
mod explain;
mod graft;
mod input;
mod train;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use fold_appeals::model::Model;
use fold_appeals::region::Sureness;

/// Finds the reader-support appeals on news pages
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print a text or HTML file without its appeals
    Clean {
        file: PathBuf,
        /// Address that the page was saved from
        #[arg(long, default_value = "")]
        url: String,
    },
    /// Judge documents given as JSON Lines on standard input
    Classify,
    /// Print the label, score and reasons of each block of a file
    Explain {
        file: PathBuf,
        /// Address that the page was saved from
        #[arg(long, default_value = "")]
        url: String,
        /// Print the page and the verdict as JSON
        #[arg(long)]
        json: bool,
        /// Print the weights that decided
        #[arg(long)]
        weights: bool,
    },
    /// Count what is folded rightly and wrongly on labelled data
    Eval(eval::command::Wanted),
    /// Learn the weights from labelled data and write the model file
    Train {
        /// Folders with pages/, texts/ or block cases (*.toml)
        #[arg(required = true)]
        dirs: Vec<PathBuf>,
        /// Where to write
        #[arg(long, default_value = "src/model.toml")]
        out: PathBuf,
        #[command(flatten)]
        learning: Learning,
    },
}

#[derive(Args)]
struct Learning {
    /// Least probability at which a block is folded
    #[arg(long)]
    threshold: Option<f32>,
    /// Least probability at which a block goes along with a folded one
    #[arg(long)]
    companion: Option<f32>,
    /// Strength of the L2 penalty
    #[arg(long)]
    penalty: Option<f32>,
    /// Cost of folding a paragraph or a hard line
    #[arg(long)]
    cost_paragraph: Option<f32>,
    /// Cost of folding another line that must stay
    #[arg(long)]
    cost_other: Option<f32>,
    /// Weight of documents that hold an appeal
    #[arg(long)]
    appeal_weight: Option<f32>,
    /// Weight of boxes and grafts that hold an appeal
    #[arg(long)]
    graft_weight: Option<f32>,
    /// Share of the features that a document does without in a round
    #[arg(long)]
    dropout: Option<f32>,
    /// Passes over the data
    #[arg(long)]
    rounds: Option<usize>,
    /// Learn from the documents as they are only, without grafts
    #[arg(long)]
    no_grafts: bool,
    /// Family of features to leave out
    #[arg(long)]
    without: Option<String>,
}

impl Learning {
    fn options(&self) -> train::Options {
        let d = train::Options::default();
        train::Options {
            rounds: self.rounds.unwrap_or(d.rounds),
            penalty: self.penalty.unwrap_or(d.penalty),
            cost_paragraph: self.cost_paragraph.unwrap_or(d.cost_paragraph),
            cost_other: self.cost_other.unwrap_or(d.cost_other),
            appeal_weight: self.appeal_weight.unwrap_or(d.appeal_weight),
            graft_weight: self.graft_weight.unwrap_or(d.graft_weight),
            dropout: self.dropout.unwrap_or(d.dropout),
            without: self.without.clone(),
        }
    }

    fn sure(&self) -> Sureness {
        let shipped = Model::shipped().sure;
        Sureness {
            threshold: self.threshold.unwrap_or(shipped.threshold),
            companion: self.companion.unwrap_or(shipped.companion),
            paragraph: shipped.paragraph,
        }
    }
}

fn main() -> ExitCode {
    // A reader that closes the pipe early is no error of ours.
    match run(Cli::parse()) {
        Err(e)
            if e.chain().any(|c| {
                c.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            }) =>
        {
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("fold-appeals: {e:#}");
            ExitCode::from(1)
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn run(cli: Cli) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match cli.command {
        Command::Clean { file, url } => clean::clean(&file, &url, &mut out)?,
        Command::Classify => classify::run(&mut io::stdin().lock(), &mut out)?,
        Command::Explain { file, url, json, weights } => {
            explain::explain(&file, &url, &explain::Style { json, weights }, &mut out)?
        }
        Command::Eval(wanted) => eval::command::run(&wanted, &mut out)?,
        Command::Train { dirs, out, learning } => {
            let documents = load(&dirs, !learning.no_grafts)?;
            let all: Vec<_> = documents.iter().collect();
            let model = train::train(&all, &learning.options(), learning.sure());
            std::fs::write(&out, train::to_toml(&model))
                .with_context(|| format!("cannot write {}", out.display()))?;
        }
    }
    out.flush()?;
    Ok(())
}

/// All labelled data, the boxes set into pages, and the grafts if they are wanted.
fn load(dirs: &[PathBuf], grafts: bool) -> Result<Vec<corpus::Document>> {
    let mut data = corpus::Data::default();
    for dir in dirs {
        data.read(dir)?;
    }
    let mut documents = data.documents;
    let mut more = boxes::set_into_pages(&data.boxes, &documents);
    if grafts {
        more.extend(graft::grafts(&documents));
    }
    documents.extend(more);
    Ok(documents)
}
