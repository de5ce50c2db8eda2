"""The front door: pages by section, nothing else."""

import streamlit as st

st.set_page_config(layout="wide", page_icon="🧶", initial_sidebar_state="auto")

# For each section its pages: the folder of each in dashboard/, and how the menu calls it.
PAGES: dict[str, dict[str, str]] = {
    "Data": {"data": "Data"},
    "Partition": {
        "partition/kmeans": "k-means boundaries",
        "partition/kmedoids": "k-medoids",
        "partition/silhouette": "Silhouette sweep",
    },
    "Structure": {
        "structure/dbscan": "DBSCAN epsilon search",
        "structure/agglomerative": "Agglomerative spirals",
    },
    "Applications": {
        "applications/images": "Image vector quantization",
        "applications/stocks": "Stock affinity propagation",
        "applications/customers": "Customer mean-shift",
    },
    "Neural": {
        "neural/mnist": "MNIST autoencoder",
        "neural/deep": "Deep clustering",
        "neural/lstm": "LSTM clustering",
        "neural/sequences": "LSTM applications",
    },
}

st.navigation(
    {
        section: [
            st.Page(
                f"dashboard/{folder}/page.py",
                title=title,
                url_path=folder.rpartition("/")[2],
                default=folder == "data",
            )
            for folder, title in pages.items()
        ]
        for section, pages in PAGES.items()
    },
    position="top",
).run()
