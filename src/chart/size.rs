//! The canvases that charts are made for.

/// What a chart is for, which decides its shape and how large its type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// A page or report: 900 CSS px wide, as high as its content.
    #[default]
    Page,
    /// A slide of 16:9: 960 × 540 CSS px, which at scale 2 are 1920 × 1080 pixels, and on a slide of 13⅓ × 7½ inches one
    /// point each. Type is as large as the content allows, up to 4/3 of a page's.
    Slide,
    /// The body of an article on WeChat: 1080 CSS px wide, as high as its content. It is laid out as for a phone of 360 px
    /// and enlarged three times, so that it reads on one.
    Wechat,
    /// The cover of an article on WeChat: 900 × 383 CSS px, a card with the title and the headline figure.
    WechatCover,
}

/// A canvas, in units of layout: a text of 13 is 13 of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Canvas {
    pub(super) width: f64,
    /// `None`: as high as the content.
    pub(super) height: Option<f64>,
    /// Clear space left and right.
    pub(super) margin: f64,
    /// CSS px to the unit.
    pub(super) zoom: f64,
    /// Size of the title, and distance of its baselines.
    pub(super) title: (f64, f64),
    /// Size of the subtitle, and distance of its baselines.
    pub(super) subtitle: (f64, f64),
    /// Clear space above the title.
    pub(super) above: f64,
}

const PAGE: Canvas = Canvas {
    width: 900.0,
    height: None,
    margin: 32.0,
    zoom: 1.0,
    title: (24.0, 31.0),
    subtitle: (15.0, 22.0),
    above: 30.0,
};

const SLIDE: Canvas =
    Canvas { width: 960.0, height: Some(540.0), margin: 40.0, title: (26.0, 33.0), above: 26.0, ..PAGE };

const SLIDES: [Canvas; 3] = [
    Canvas { width: 720.0, height: Some(405.0), margin: 30.0, zoom: 4.0 / 3.0, title: (24.0, 30.0), ..SLIDE },
    Canvas { width: 800.0, height: Some(450.0), margin: 33.0, zoom: 1.2, title: (24.0, 30.0), ..SLIDE },
    SLIDE,
];

const WECHAT: Canvas = Canvas {
    width: 360.0,
    margin: 16.0,
    zoom: 3.0,
    title: (20.0, 27.0),
    subtitle: (14.0, 20.0),
    above: 16.0,
    ..PAGE
};

const WECHAT_COVER: Canvas = Canvas {
    height: Some(383.0),
    margin: 44.0,
    title: (34.0, 44.0),
    subtitle: (17.0, 25.0),
    above: 44.0,
    ..PAGE
};

impl Size {
    /// The canvases to try, the one with the largest type first.
    pub(super) fn canvases(self) -> &'static [Canvas] {
        match self {
            Self::Page => &[PAGE],
            Self::Slide => &SLIDES,
            Self::Wechat => &[WECHAT],
            Self::WechatCover => &[WECHAT_COVER],
        }
    }

    /// Pixels to the CSS px that suit the purpose, for [`raster`](super::raster()).
    #[must_use]
    pub fn scale(self) -> f32 {
        match self {
            Self::Page | Self::Slide | Self::WechatCover => 2.0,
            Self::Wechat => 1.0,
        }
    }
}

impl Canvas {
    /// Width between the margins.
    pub(super) fn content(&self) -> f64 {
        self.width - 2.0 * self.margin
    }

    /// Whether labels stand above what they name, for want of room beside it.
    pub(super) fn is_narrow(&self) -> bool {
        self.width < 600.0
    }

    /// A canvas's width or height in CSS px.
    pub(super) fn css_px(&self, length: u32) -> u32 {
        (f64::from(length) * self.zoom).round() as u32
    }
}
