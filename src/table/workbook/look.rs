//! [`Look`]: fonts, colours and number formats of a workbook, and how it is printed.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::codebook::Lang;
use crate::writing::wrap;

const INK: Color = Color::RGB(0x1F_2328);
const MUTED: Color = Color::RGB(0x6E_7781);
const RULE: Color = Color::RGB(0xB6_BCC4);
const HAIR: Color = Color::RGB(0xE3_E6EA);
const SHADE: Color = Color::RGB(0xF3_F5F7);
const LINK: Color = Color::RGB(0x0B_57D0);
/// Points.
const TITLE_HEIGHT: f64 = 24.0;
/// Paper of A4.
const A4: u8 = 9;
/// Characters of a footer that every program takes.
const FOOTER: usize = 100;

/// What cells look like, in the font of a language.
pub(super) struct Look {
    pub(super) lang: Lang,
    plain: Format,
}

impl Look {
    /// 微软雅黑 for Chinese, Calibri for English. Where it is missing, programs take another font of its family (sans serif) and
    /// character set, which stand beside the name.
    pub(super) fn of(lang: Lang) -> Self {
        const SWISS: u8 = 2;
        const GB2312: u8 = 134;
        let font = Format::new().set_font_family(SWISS).set_font_color(INK).set_align(FormatAlign::Top);
        let plain = match lang {
            Lang::En => font.set_font_name("Calibri").set_font_size(11.0),
            Lang::Zh => font.set_font_name("微软雅黑").set_font_charset(GB2312).set_font_size(10.0),
        };
        Self { lang, plain }
    }

    /// Words.
    pub(super) fn text(&self) -> Format {
        self.plain.clone()
    }

    /// Words over several lines.
    pub(super) fn wrapped(&self) -> Format {
        self.text().set_text_wrap()
    }

    /// What a sheet is called.
    fn title(&self) -> Format {
        self.text().set_bold().set_font_size(15.0)
    }

    /// The name of a row.
    pub(super) fn label(&self) -> Format {
        self.wrapped().set_bold()
    }

    /// What is said in passing: notes, limits, letters.
    pub(super) fn muted(&self) -> Format {
        self.text().set_font_color(MUTED).set_font_size(9.0)
    }

    /// A warning that must be seen.
    pub(super) fn warning(&self) -> Format {
        self.text().set_bold().set_font_color(Color::RGB(0x9A_3412))
    }

    /// What leads to another sheet.
    pub(super) fn link(&self) -> Format {
        self.text().set_font_color(LINK)
    }

    /// The name of a column of words.
    pub(super) fn head(&self) -> Format {
        let head = self.wrapped().set_bold().set_background_color(SHADE).set_align(FormatAlign::Bottom);
        head.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE)
    }

    /// The name of a column of figures.
    pub(super) fn figure_head(&self) -> Format {
        self.head().set_align(FormatAlign::Right)
    }

    /// What stands over so many columns: in their middle, but where they are too many to be seen at once.
    pub(super) fn span(&self, columns: usize) -> Format {
        const SEEN: usize = 6;
        let align = if columns > SEEN { FormatAlign::Left } else { FormatAlign::Center };
        let span = self.text().set_bold().set_background_color(SHADE).set_align(align);
        span.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(HAIR)
    }

    /// The same under a fine line, where something new begins.
    pub(super) fn begun(format: Format) -> Format {
        format.set_border_top(FormatBorder::Thin).set_border_top_color(HAIR)
    }

    /// A figure.
    pub(super) fn figure(&self, number_format: &str) -> Format {
        self.text().set_num_format(number_format).set_align(FormatAlign::Right)
    }

    /// Limits, bases and letters.
    pub(super) fn small(&self, number_format: &str) -> Format {
        self.muted().set_num_format(number_format).set_align(FormatAlign::Right)
    }

    /// A figure that is withheld or to be used with care.
    pub(super) fn flagged(&self, number_format: &str) -> Format {
        self.figure(number_format).set_font_color(MUTED).set_italic()
    }

    /// Writes what a sheet is called.
    pub(super) fn entitle(&self, sheet: &mut Worksheet, row: u32, title: &str) -> Result<(), XlsxError> {
        sheet.set_row_height(row, TITLE_HEIGHT)?.write_string_with_format(row, 0, title, &self.title())?;
        Ok(())
    }

    /// Writes words over as many lines as a column of this width needs, and makes the row as high: not every program does so.
    pub(super) fn write_lines(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        text: &str,
        width: u16,
    ) -> Result<(), XlsxError> {
        // A column is as wide as so many digits, and letters are narrower.
        let (columns, line) = self.lang.pick((f64::from(width) * 1.1, 15.0), (f64::from(width), 16.5));
        let lines = wrap(text, columns as usize).len();
        if lines > 1 {
            sheet.set_row_height(row, line * lines as f64)?;
        }
        sheet.write_string_with_format(row, column, text, &self.wrapped())?;
        Ok(())
    }

    /// How a sheet is printed: lying, so many pages wide, its title and page at the foot.
    pub(super) fn paper(sheet: &mut Worksheet, title: &str, pages: u16) {
        let title: String = title.chars().take(FOOTER).collect();
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(pages, 0).set_screen_gridlines(false);
        sheet.set_footer(format!("&L&8{}&R&8&P / &N", title.replace('&', "&&")));
    }
}
