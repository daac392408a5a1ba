//! Lists what `scripts/editor` built, for the binary to embed; nothing where it was not run.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=editor/dist");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("editor/dist");
    let mut names = Vec::new();
    // A build that failed leaves no stamp.
    if folder.join(".stamp").exists() {
        for entry in fs::read_dir(&folder)? {
            let name =
                entry?.file_name().into_string().map_err(|name| format!("{} is no UTF-8", name.display()))?;
            names.extend(name.strip_suffix(".br").map(str::to_owned));
        }
        names.sort();
    }
    let line = |name: &String| {
        let path = folder.join(format!("{name}.br")).display().to_string();
        format!("    ({name:?}, include_bytes!({path:?})),")
    };
    let lines = names.iter().map(line).collect::<Vec<_>>().join("\n");
    let list = format!(
        "/// The files of the editor, compressed by brotli.\nstatic FILES: &[(&str, &[u8])] = &[\n{lines}];\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("editor.rs"), list)?;
    Ok(())
}
