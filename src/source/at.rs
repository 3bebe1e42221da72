//! Where a text is for a program that shows findings beside its lines: seen from the root of the repository, whatever
//! folder one stands in.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{Source, Sources, shown};
use super::place::FileIx;
use crate::base::names::Untrusted;

/// Where a text is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum At {
    /// Below the root of a repository.
    Inside {
        /// The root, as an absolute path with forward slashes.
        root: Arc<str>,
        /// The path from there.
        path: Untrusted,
    },
    /// In no repository, by its absolute path.
    Absolute(Untrusted),
    /// In no repository, below the folder one stands in.
    Typed(Untrusted),
    /// In no file: standard input.
    Nowhere,
}

impl Sources {
    /// Finds out where each of them is. `workspaces` are folders that a CI service names as the checkout: they count
    /// where there is no repository.
    pub fn locate(&mut self, workspaces: &[PathBuf]) {
        let workspaces: Vec<PathBuf> =
            workspaces.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        let mut known: HashMap<PathBuf, Option<Folder>> = HashMap::new();
        for source in &mut self.0 {
            if let Some(path) = source.path.clone() {
                source.at = Some(Arc::new(at(&path, &workspaces, &mut known)));
            }
        }
    }

    /// The root of the repository of the first of them that is in one.
    pub fn root(&self) -> Option<Arc<str>> {
        self.0.iter().find_map(|source| source.at.as_deref()?.root().cloned())
    }

    /// Where a text is.
    pub fn at(&self, file: FileIx) -> Arc<At> {
        self.0.get(file.index()).map_or_else(|| Arc::new(At::Nowhere), Source::at)
    }
}

impl At {
    /// The root of its repository.
    pub fn root(&self) -> Option<&Arc<str>> {
        match self {
            At::Inside { root, .. } => Some(root),
            At::Absolute(_) | At::Typed(_) | At::Nowhere => None,
        }
    }
}

impl Source {
    /// Where it is; its name where nobody has looked.
    pub fn at(&self) -> Arc<At> {
        self.at.clone().unwrap_or_else(|| Arc::new(At::Typed(self.name.clone())))
    }
}

/// A folder by its real path, and the root of the repository that it is in.
struct Folder {
    real: PathBuf,
    root: Option<Arc<str>>,
}

fn at(path: &Path, workspaces: &[PathBuf], known: &mut HashMap<PathBuf, Option<Folder>>) -> At {
    let Some(whole) = std::path::absolute(path).ok() else { return At::Typed(Untrusted::new(shown(path))) };
    let look = |folder: &Path| {
        let real = real(folder)?;
        let root = root_of(&real, workspaces);
        Some(Folder { real, root })
    };
    let folder = whole.parent().zip(whole.file_name()).and_then(|(folder, name)| {
        let known = known.entry(folder.to_owned()).or_insert_with(|| look(folder)).as_ref()?;
        Some((known.real.join(name), known.root.clone()))
    });
    let Some((whole, root)) = folder else { return At::Typed(Untrusted::new(shown(path))) };
    if let Some(root) = root
        && let Ok(inside) = whole.strip_prefix(Path::new(&*root))
    {
        return At::Inside { root, path: Untrusted::new(shown(inside)) };
    }
    if path.is_absolute() || path.starts_with("..") {
        return At::Absolute(Untrusted::new(shown(&whole)));
    }
    let plain = path.strip_prefix(".").unwrap_or(path);
    At::Typed(Untrusted::new(shown(plain)))
}

/// The real path of a folder: links to it are followed, as git names files. It may be missing where a checkout is sparse;
/// a file in it may itself be a link that the repository holds.
fn real(mut folder: &Path) -> Option<PathBuf> {
    let mut missing: Vec<&std::ffi::OsStr> = Vec::new();
    loop {
        if let Ok(mut real) = fs::canonicalize(folder) {
            real.extend(missing.iter().rev());
            return Some(real);
        }
        missing.push(folder.file_name()?);
        folder = folder.parent()?;
    }
}

/// The nearest folder above that holds a repository, as git looks for it; without starting git, which refuses some
/// checkouts that a job may read.
fn root_of(folder: &Path, workspaces: &[PathBuf]) -> Option<Arc<str>> {
    let holds = |folder: &&Path| {
        let git = folder.join(".git");
        git.is_file() || git.join("HEAD").is_file()
    };
    let named = || workspaces.iter().map(PathBuf::as_path).find(|workspace| folder.starts_with(workspace));
    folder.ancestors().find(holds).or_else(named).map(|root| Arc::from(shown(root)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_root_of_the_repository_else_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(folder.path()).expect("there");
        fs::create_dir_all(root.join("repo/.git")).expect("made");
        fs::create_dir_all(root.join("repo/org/hr")).expect("made");
        fs::write(root.join("repo/.git/HEAD"), "ref: refs/heads/main\n").expect("written");
        let seen = |path: PathBuf, workspaces: &[PathBuf]| at(&path, workspaces, &mut HashMap::new());
        let inside = |root: PathBuf, path: &str| At::Inside {
            root: Arc::from(shown(&root)),
            path: Untrusted::new(path),
        };
        let repository = root.join("repo");
        let expected = inside(repository.clone(), "org/hr/a b.yaml");
        assert_eq!(seen(repository.join("org/hr/a b.yaml"), &[]), expected);
        // A sparse checkout has no folder for what it leaves out.
        assert_eq!(seen(repository.join("x/y/a.yaml"), &[]), inside(repository, "x/y/a.yaml"));
        let outside = root.join("a.yaml");
        assert_eq!(seen(outside.clone(), &[]), At::Absolute(Untrusted::new(shown(&outside))));
        assert_eq!(seen(outside, std::slice::from_ref(&root)), inside(root, "a.yaml"));
    }
}
