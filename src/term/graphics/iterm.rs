//! iTerm2's inline pictures: a whole file in one sequence.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::palette::Indexed;

/// The picture, to be shown in so many cells at the cursor.
///
/// # Errors
/// Where the picture cannot be encoded.
pub fn encode(picture: &Indexed, columns: u16, rows: u16) -> Result<String, png::EncodingError> {
    let bytes = picture.png()?;
    Ok(format!(
        "\x1b]1337;File=inline=1;size={};width={columns};height={rows};preserveAspectRatio=1:{}\x07",
        bytes.len(),
        STANDARD.encode(&bytes)
    ))
}
